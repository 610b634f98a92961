using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests;

/// <summary>Light and dark, calm, on paper, by keyboard.</summary>
public class AppearanceTests(Newsstand newsstand)
{
    private const string Mexico = "/2024/09/microsoft-invests-1-3b-in-mexicos-cloud-computing-and-ai-infrastructure";
    private const string Background = "getComputedStyle(document.body).backgroundColor";

    [Fact]
    public async Task A_chosen_theme_is_remembered_on_every_page()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        var light = await reader.AskAsync<string>(Background);
        await reader.Button("Change colour theme").ClickAsync();
        var dark = await reader.AskAsync<string>(Background);
        Assert.NotEqual(light, dark);

        await reader.Page.ReloadAsync();
        Assert.Equal(dark, await reader.AskAsync<string>(Background));
        await reader.GoAsync(Mexico);
        Assert.Equal(dark, await reader.AskAsync<string>(Background));

        await reader.Button("Change colour theme").ClickAsync();
        await reader.Page.ReloadAsync();
        Assert.Equal(light, await reader.AskAsync<string>(Background));
    }

    [Fact]
    public async Task Without_script_the_page_follows_the_system_and_offers_no_toggle()
    {
        await using var reader = await newsstand.ReaderAsync(scheme: ColorScheme.Dark, script: false);
        await reader.GoAsync("/");

        Assert.Equal("rgb(7, 17, 31)", await reader.AskAsync<string>(Background));
        await Expect(reader.Button("Change colour theme")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Who_wants_less_motion_sees_none()
    {
        await using var moved = await newsstand.ReaderAsync(calm: false);
        await moved.GoAsync("/");
        Assert.Equal("drift", await moved.AskAsync<string>("getComputedStyle(document.querySelector('.tideline')).animationName"));

        await using var calm = await newsstand.ReaderAsync(390);
        await calm.GoAsync("/");
        Assert.Equal(0, await calm.AskAsync<int>("document.getAnimations().length"));
        await calm.Button("Menu").ClickAsync();
        Assert.Equal(0, await calm.AskAsync<int>("document.getAnimations().length"));
    }

    [Fact]
    public async Task On_paper_there_is_the_article_and_nothing_to_press()
    {
        await using var reader = await newsstand.ReaderAsync(scheme: ColorScheme.Dark);
        await reader.GoAsync(Mexico);
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var gone in (string[])[".nav", ".share", ".rail", ".comments", ".related-block", ".foot", ".mast-tools", ".skip"])
            await Expect(reader.Page.Locator(gone).First).ToBeHiddenAsync();
        foreach (var kept in (string[])[".brand", "h1", ".by", ".points", ".take", ".story-body p", ".bio"])
            await Expect(reader.Page.Locator(kept).First).ToBeVisibleAsync();
        Assert.Equal("rgb(255, 255, 255)", await reader.AskAsync<string>(Background));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_keyboard_leads_from_the_top_to_an_article_and_focus_is_always_seen(ColorScheme scheme)
    {
        await using var reader = await newsstand.ReaderAsync(scheme: scheme);
        await reader.GoAsync("/");
        for (var i = 0; i < 60; i++)
        {
            await reader.PressAsync("Tab");
            var seen = await reader.AskAsync<bool>(
                """
                (() => {
                  const style = getComputedStyle(document.activeElement), box = document.activeElement.getBoundingClientRect();
                  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0 && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
                })()
                """);
            Assert.True(seen, $"focus is not to be seen on {await reader.AskAsync<string>("document.activeElement.outerHTML.slice(0, 200)")}");
            if (await reader.AskAsync<bool>("document.activeElement.matches('main article h2 a')")) break;
        }

        await reader.PressAsync("Enter");
        await Expect(reader.Page.Locator("article.wrap h1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_first_key_press_offers_to_skip_to_the_content()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync(Mexico);
        await reader.PressAsync("Tab");
        await Expect(reader.Focused).ToHaveTextAsync("Skip to content");
        await reader.PressAsync("Enter");
        await reader.PressAsync("Tab");

        Assert.True(await reader.AskAsync<bool>("document.getElementById('main').contains(document.activeElement)"));
    }
}
