using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>The desks that keep the house in order, by the keyboard alone and by plain forms without script.</summary>
[Collection(nameof(DayTests))]
public class DeskJourneyTests(Newsstand newsstand)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_editor_keeps_the_house_in_order_by_the_keyboard_alone_or_without_script(bool keys)
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Hana {Way(keys)}", script: keys);
        await PinTwoArticlesAndTakeThemOffAsync(editor, keys);
        await MoveAnEntryOfTheMenuAsync(editor, keys);
        await LeadAnOldAddressSomewhereAsync(editor, keys);
        await MergeTwoTagsButNotByEnterAsync(editor, keys);
        await MergeACategoryIntoAnotherAsync(editor, keys);
        Assert.Empty(editor.Complaints);
    }

    private static async Task PinTwoArticlesAndTakeThemOffAsync(Reader editor, bool keys)
    {
        await editor.GoAsync("/newsroom/home");
        var titles = await editor.Page.Locator("tbody th").AllTextContentsAsync();
        var slots = editor.Page.Locator(".slots > li .slot-head a");
        foreach (var title in titles.Take(2))
        {
            await PressAsync(editor, editor.Button($"Pin {title}"), keys);
            await Expect(slots.Last).ToHaveTextAsync(title);
        }

        await PressAsync(editor, Move(editor, "Up", titles[1]), keys);
        await Expect(slots.Last).ToHaveTextAsync(titles[0]);
        foreach (var title in titles.Take(2)) await PressAsync(editor, Move(editor, "Take off", title), keys);
        await Expect(slots.GetByText(titles[0])).ToHaveCountAsync(0);
    }

    private static async Task MoveAnEntryOfTheMenuAsync(Reader editor, bool keys)
    {
        var label = $"Our archive {Way(keys)}";
        await editor.GoAsync("/newsroom/menus");
        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Link, new() { Name = "Add to the footer" }), keys);
        await FillAsync(editor, editor.Field("Words"), label, keys);
        await ChooseAsync(editor, editor.Field("Leads to"), "The address below", keys);
        await FillAsync(editor, editor.Field("Address"), "/archives", keys);
        await PressAsync(editor, editor.Button("Save entry"), keys);

        var entries = editor.Page.Locator("[data-menu=Footer] > li .menu-name a");
        var before = await entries.AllTextContentsAsync();
        Assert.Equal(label, before[^1]);
        await PressAsync(editor, Move(editor, "Up", label), keys);
        Assert.True((await entries.AllTextContentsAsync()).ToList().IndexOf(label) < before.ToList().IndexOf(label));
        await PressAsync(editor, Move(editor, "Down", label), keys);
        Assert.Equal(before, await entries.AllTextContentsAsync());

        await PressAsync(editor, entries.GetByText(label), keys);
        await PressAsync(editor, editor.Button("Take it from the menu"), keys);
        Assert.Equal(before.Except([label]), await entries.AllTextContentsAsync());
    }

    private async Task LeadAnOldAddressSomewhereAsync(Reader editor, bool keys)
    {
        var old = $"/harbour-{Way(keys)}";
        await using var reader = await newsstand.ReaderAsync();
        await editor.GoAsync("/newsroom/redirects");
        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Link, new() { Name = "New redirect" }), keys);
        await FillAsync(editor, editor.Field("Old address"), old, keys);
        await FillAsync(editor, editor.Field("Leads to"), "/archives", keys);
        await PressAsync(editor, editor.Button("Save redirect"), keys);
        await reader.GoAsync(old);
        Assert.Equal("/archives", new Uri(reader.Page.Url).AbsolutePath);

        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Link, new() { Name = old }), keys);
        await PressAsync(editor, editor.Page.Locator("summary", new() { HasText = "Remove this redirect" }), keys, answers: false);
        await PressAsync(editor, editor.Button("Remove redirect"), keys);
        await Expect(editor.Page.GetByRole(AriaRole.Link, new() { Name = old })).ToHaveCountAsync(0);
        // A browser keeps for good what it was told for good.
        await using var later = await newsstand.ReaderAsync();
        Assert.Equal(404, (await later.GoAsync(old))!.Status);
    }

    private static async Task MergeTwoTagsButNotByEnterAsync(Reader editor, bool keys)
    {
        var (gone, kept) = ($"Haven {Way(keys)}", $"Harbour {Way(keys)}");
        await editor.GoAsync(Desk.New);
        await editor.Field("Headline").FillAsync($"A harbour with two names {Way(keys)}");
        await editor.Field("Tags").FillAsync($"{gone}, {kept}");
        await editor.SendAsync("Save draft");
        await editor.GoAsync($"/newsroom/tags?q={gone}");
        await PressAsync(editor, editor.Page.GetByRole(AriaRole.Link, new() { Name = gone, Exact = true }), keys);

        await FillAsync(editor, editor.Field("Make it part of"), kept, keys);
        await editor.PressAsync("Enter");
        await PressAsync(editor, editor.Button("Merge"), keys);
        await Expect(editor.Page.GetByText($"“{gone}” is part of “{kept}” now")).ToBeVisibleAsync();
        await Expect(editor.Page.GetByText("On 1 article")).ToBeVisibleAsync();
    }

    private static async Task MergeACategoryIntoAnotherAsync(Reader editor, bool keys)
    {
        var name = $"Harbours {Way(keys)}";
        await editor.GoAsync("/newsroom/categories/new");
        await FillAsync(editor, editor.Field("Name"), name, keys);
        await PressAsync(editor, editor.Button("Save category"), keys);
        await PressAsync(editor, editor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name, Exact = true }), keys);

        await ChooseAsync(editor, editor.Field("Make it part of"), "Exclusives", keys);
        await PressAsync(editor, editor.Button("Merge"), keys);
        await Expect(editor.Page.GetByText($"“{name}” is part of “Exclusives” now")).ToBeVisibleAsync();
        await Expect(editor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name, Exact = true })).ToHaveCountAsync(0);
    }

    /// <summary>A button of one row: its words, and, for those who do not see the row, whose it is.</summary>
    private static ILocator Move(Reader who, string way, string what) => who.Page.Locator("button", new() { HasText = $"{way}, {what}" });

    private static string Way(bool keys) => keys ? "keys" : "plain";

    /// <param name="answers">Whether a page answers.</param>
    private static async Task PressAsync(Reader who, ILocator what, bool keys, bool answers = true)
    {
        async Task PressAsync()
        {
            if (!keys)
            {
                await what.ClickAsync();
                return;
            }

            await TabToAsync(who, what);
            await who.PressAsync("Enter");
        }

        if (answers) await who.AnsweredAsync(PressAsync);
        else await PressAsync();
    }

    private static async Task FillAsync(Reader who, ILocator field, string text, bool keys)
    {
        if (keys)
        {
            await TabToAsync(who, field);
            await who.Page.Keyboard.TypeAsync(text);
        }
        else await field.FillAsync(text);
    }

    private static async Task ChooseAsync(Reader who, ILocator field, string option, bool keys)
    {
        if (keys)
        {
            await TabToAsync(who, field);
            await who.Page.Keyboard.TypeAsync(option);
        }
        else await field.SelectOptionAsync(new SelectOptionValue { Label = option });
    }

    private static async Task TabToAsync(Reader who, ILocator what)
    {
        await what.WaitForAsync();
        for (var i = 0; i < 300; i++)
        {
            if (await what.EvaluateAsync<bool>("element => element === document.activeElement")) return;
            await who.PressAsync("Tab");
        }

        Assert.Fail($"Tab never came to {what}");
    }
}
