using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests;

/// <summary>The sections bar, three levels deep, and the menu of small screens.</summary>
public class MenuTests(Newsstand newsstand)
{
    [Fact]
    public async Task The_sections_bar_is_walked_by_arrow_keys()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        var nav = reader.Page.Locator(".nav");
        await TabToAsync(reader, "Internet Governance");

        await reader.PressAsync("ArrowRight");
        await Expect(nav.Locator("summary:focus")).ToContainTextAsync("Internet Governance, more");
        await reader.PressAsync("ArrowRight");
        await Expect(reader.Focused).ToHaveTextAsync("IT Infrastructure");
        await reader.PressAsync("ArrowLeft");
        await reader.PressAsync("ArrowLeft");
        await Expect(reader.Focused).ToHaveTextAsync("Internet Governance");
    }

    [Fact]
    public async Task Arrow_down_opens_a_section_and_Esc_closes_it_and_gives_focus_back()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        await TabToAsync(reader, "Internet Governance");
        var details = Section(reader, "Internet Governance").Locator("details");

        await reader.PressAsync("ArrowDown");
        await Expect(details).ToHaveAttributeAsync("open", "");
        await Expect(details.Locator(".panel a:focus")).ToHaveCountAsync(1);
        await Expect(details.GetByRole(AriaRole.Link, new() { Name = "Regulation", Exact = true })).ToBeVisibleAsync();

        await reader.PressAsync("Escape");
        await Expect(details.Locator(".panel")).ToBeHiddenAsync();
        await Expect(details.Locator("summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_third_level_is_reached_by_keyboard_and_leads_to_its_own_Regulation()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        await TabToAsync(reader, "Others");
        await reader.PressAsync("ArrowDown");
        var third = Section(reader, "Others").GetByRole(AriaRole.Link, new() { Name = "Regulation", Exact = true });
        for (var i = 0; i < 20 && !await third.EvaluateAsync<bool>("e => e === document.activeElement"); i++) await reader.PressAsync("ArrowDown");

        await Expect(third).ToBeFocusedAsync();
        await reader.PressAsync("Enter");
        await Expect(reader.Page).ToHaveURLAsync($"{newsstand.Origin}/category/fintech/regulation");
    }

    [Fact]
    public async Task Tabbing_out_of_a_section_leaves_no_panel_open()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        await TabToAsync(reader, "Internet Governance");
        await reader.PressAsync("ArrowDown");
        var panel = Section(reader, "Internet Governance").Locator(".panel");
        await Expect(panel).ToBeVisibleAsync();
        for (var i = 0; i < 20 && await panel.IsVisibleAsync(); i++) await reader.PressAsync("Tab");

        await Expect(panel).ToBeHiddenAsync();
        await Expect(reader.Focused).ToHaveTextAsync("IT Infrastructure");
    }

    [Fact]
    public async Task A_resting_mouse_opens_a_section_and_a_leaving_one_closes_it()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/");
        var section = Section(reader, "Company Stories");

        await section.HoverAsync();
        await Expect(section.Locator(".panel")).ToBeVisibleAsync();
        await reader.Page.Mouse.MoveAsync(600, 800);
        await Expect(section.Locator(".panel")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task The_section_a_reader_is_in_is_marked()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync("/category/internet-governance/regulation");

        await Expect(Section(reader, "Internet Governance")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(reader.Page.Locator(".nav a[aria-current=page]")).ToHaveTextAsync("Regulation");
    }

    [Fact]
    public async Task Sections_open_without_script()
    {
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync("/");
        var section = Section(reader, "Internet Governance");

        await section.Locator("summary").ClickAsync();
        await Expect(section.Locator(".panel")).ToBeVisibleAsync();
        await section.GetByRole(AriaRole.Link, new() { Name = "Regulation", Exact = true }).ClickAsync();
        await Expect(reader.Page).ToHaveURLAsync($"{newsstand.Origin}/category/internet-governance/regulation");
    }

    [Fact]
    public async Task The_menu_of_a_small_screen_takes_focus_keeps_it_and_gives_it_back_on_Esc()
    {
        await using var reader = await newsstand.ReaderAsync(390);
        await reader.GoAsync("/");
        var opener = reader.Button("Menu");
        await Expect(opener).ToHaveAttributeAsync("aria-expanded", "false");

        await opener.ClickAsync();
        var menu = reader.Page.GetByRole(AriaRole.Dialog, new() { Name = "Menu" });
        await Expect(menu).ToBeVisibleAsync();
        await Expect(reader.Page.Locator("button[popovertarget=menu]").First).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(reader.Button("Close Menu")).ToBeFocusedAsync();
        for (var i = 0; i < 40; i++)
        {
            await reader.PressAsync("Tab");
            Assert.True(await reader.AskAsync<bool>("document.activeElement === document.body || document.getElementById('menu').contains(document.activeElement)"), "focus left the menu");
        }

        Assert.True(await reader.AskAsync<bool>("(() => { const link = document.querySelector('main a'); link.focus(); return link !== document.activeElement; })()"), "the page behind is not inert");

        await reader.PressAsync("Escape");
        await Expect(menu).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
        await Expect(opener).ToHaveAttributeAsync("aria-expanded", "false");
    }

    [Fact]
    public async Task Close_Menu_and_the_backdrop_close_the_menu_and_give_focus_back()
    {
        await using var reader = await newsstand.ReaderAsync(390);
        await reader.GoAsync("/");
        var opener = reader.Button("Menu");
        var menu = reader.Page.Locator("#menu");

        await opener.ClickAsync();
        await reader.Button("Close Menu").ClickAsync();
        await Expect(menu).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();

        // On a phone the menu fills nearly all of the screen; a wider one leaves the backdrop bare.
        await reader.Page.SetViewportSizeAsync(800, 800);
        await opener.ClickAsync();
        await reader.Page.Mouse.ClickAsync(200, 780);
        await Expect(menu).ToBeVisibleAsync();
        await reader.Page.Mouse.ClickAsync(700, 400);
        await Expect(menu).ToBeHiddenAsync();
        await Expect(opener).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_menu_opens_and_closes_without_script()
    {
        await using var reader = await newsstand.ReaderAsync(390, script: false);
        await reader.GoAsync("/");
        var menu = reader.Page.Locator("#menu");

        await reader.Button("Menu").ClickAsync();
        await Expect(menu).ToBeVisibleAsync();
        await menu.GetByText("Others", new() { Exact = true }).ClickAsync();
        await Expect(menu.GetByRole(AriaRole.Link, new() { Name = "AR/VR" })).ToBeVisibleAsync();
        await reader.Button("Close Menu").ClickAsync();
        await Expect(menu).ToBeHiddenAsync();
    }

    private static ILocator Section(Reader reader, string name) =>
        reader.Page.Locator(".nav-item").Filter(new() { Has = reader.Page.Locator(".nav-top").Filter(new() { HasText = name }) });

    private static async Task TabToAsync(Reader reader, string section)
    {
        for (var i = 0; i < 40; i++)
        {
            await reader.PressAsync("Tab");
            if (await reader.AskAsync<bool>($"document.activeElement.matches('.nav-top') && document.activeElement.textContent.trim() === '{section}'")) return;
        }

        Assert.Fail($"No amount of tabbing reaches {section}.");
    }
}
