using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests;

/// <summary>Search from wherever a reader is.</summary>
public class SearchOverlayTests(Newsstand newsstand)
{
    [Fact]
    public async Task Search_opens_over_the_page_and_says_how_to_use_it()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        var opener = reader.Button("Search");
        await opener.ClickAsync();

        var overlay = reader.Page.GetByRole(AriaRole.Dialog, new() { Name = "Search" });
        var input = overlay.GetByLabel("Search articles");
        await Expect(input).ToBeFocusedAsync();
        await Expect(input).ToHaveAccessibleDescriptionAsync("Type above and press Enter to search. Press Esc to cancel.");
        await Expect(overlay.GetByText("Type above and press Enter to search. Press Esc to cancel.")).ToBeVisibleAsync();
        Assert.True(await reader.AskAsync<bool>("(() => { const link = document.querySelector('main a'); link.focus(); return link !== document.activeElement; })()"), "the page behind is not inert");

        await reader.PressAsync("Escape");
        await Expect(overlay).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
        await Expect(opener).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Enter_searches_and_an_empty_Enter_does_nothing()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        await reader.PressAsync("/");
        var input = reader.Page.Locator("#search input");
        await Expect(input).ToBeFocusedAsync();
        await Expect(input).ToHaveValueAsync("");

        await reader.PressAsync("Enter");
        await Expect(input).ToBeFocusedAsync();
        Assert.Equal($"{newsstand.Origin}/", reader.Page.Url);

        await reader.Page.Keyboard.TypeAsync("submarine cable");
        await reader.PressAsync("Enter");
        await Expect(reader.Page).ToHaveURLAsync($"{newsstand.Origin}/search?q=submarine+cable");
        await Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Name = "“submarine cable”" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_slash_key_opens_search_and_Esc_gives_focus_back()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        var link = reader.Page.Locator("main h2 a").First;
        await link.FocusAsync();

        await reader.PressAsync("/");
        await Expect(reader.Page.Locator("#search")).ToBeVisibleAsync();
        await reader.PressAsync("Escape");
        await Expect(reader.Page.Locator("#search")).ToBeHiddenAsync();
        await Expect(link).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_slash_typed_into_a_field_stays_text()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/contact");
        var message = reader.Page.GetByLabel("Message");
        await message.ClickAsync();
        await reader.Page.Keyboard.TypeAsync("AR/VR");

        await Expect(message).ToHaveValueAsync("AR/VR");
        await Expect(reader.Page.Locator("#search")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Without_script_search_is_a_link_to_its_page()
    {
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync("/");
        await reader.Page.Locator("header").GetByRole(AriaRole.Link, new() { Name = "Search" }).ClickAsync();

        await Expect(reader.Page).ToHaveURLAsync($"{newsstand.Origin}/search");
        await reader.Page.Locator("main").GetByLabel("Search articles").FillAsync("cable");
        await reader.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(reader.Page.Locator("mark").First).ToBeVisibleAsync();
    }
}
