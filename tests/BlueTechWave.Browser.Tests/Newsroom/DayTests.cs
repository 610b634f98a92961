using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>An editor's day at the desks: a piece is shown outside, published, pinned, corrected and taken down.</summary>
[Collection(nameof(DayTests))]
public class DayTests(Newsstand newsstand)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_editor_shows_publishes_pins_corrects_and_takes_down_a_piece(bool script)
    {
        var headline = $"A ferry learns to wait {(script ? "by day" : "by night")}";
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Mara {(script ? "Day" : "Night")}", script: script);
        await using var reader = await newsstand.ReaderAsync(390, script: script);
        await editor.GoAsync(Desk.New);
        await editor.Field("Headline").FillAsync(headline);
        await editor.Field("Key points, 1").FillAsync("It waits for the last bus.");
        if (script) await editor.SettledAsync();
        await editor.Field("Body").FillAsync("The ferry waits.\n");
        await editor.Field("Category").SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await editor.SendAsync("Save draft");
        var desk = new Uri(editor.Page.Url).AbsolutePath;

        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Preview links for people outside" }).ClickAsync();
        await editor.Field("For").FillAsync("The ferry’s captain");
        await editor.Button("Make a link").ClickAsync();
        await reader.GoAsync(new Uri(await editor.Field("Address").InputValueAsync()).PathAndQuery);
        await Assertions.Expect(reader.Page.GetByText("A preview for The ferry’s captain")).ToBeVisibleAsync();
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(headline);

        await editor.GoAsync(desk);
        await editor.SendAsync("Publish");
        await Assertions.Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");

        await editor.GoAsync("/newsroom/home");
        await editor.Button($"Pin {headline}").ClickAsync();
        await editor.Page.GetByText("is pinned, in the last place").WaitForAsync();
        await editor.Button($"Lead with {headline}").ClickAsync();
        await editor.Page.GetByText("It leads now.").WaitForAsync();
        await reader.GoAsync("/");
        await Assertions.Expect(reader.Page.Locator(".card--lead h2")).ToHaveTextAsync(headline);

        await editor.GoAsync(desk);
        if (script) await editor.SettledAsync();
        await editor.Page.GetByLabel("A correction: readers see a note on what was wrong").CheckAsync();
        await editor.Field("Note to readers").FillAsync("It waits for the last bus, not for the first.");
        await editor.SendAsync("Update");
        await reader.GoAsync("/corrections");
        await Assertions.Expect(reader.Page.GetByText("It waits for the last bus, not for the first.")).ToBeVisibleAsync();

        if (script) await editor.SettledAsync();
        await editor.Field("Reason").FillAsync("The ferry has been sold.");
        await editor.SendAsync("Unpublish");
        await Assertions.Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Gone everywhere in");
        await reader.GoAsync("/");
        await Assertions.Expect(reader.Page.GetByText(headline)).ToHaveCountAsync(0);
        Assert.Empty(editor.Complaints.Concat(reader.Complaints));
    }

    [Fact]
    public async Task An_entry_of_the_menu_is_dragged_to_another_place()
    {
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Mara Mouse");
        await editor.GoAsync("/newsroom/menus");
        var entries = editor.Page.Locator("[data-menu=Footer] > li");
        var before = await entries.Locator(".menu-name a").AllTextContentsAsync();
        var (moved, target) = (entries.Nth(before.Count - 1), entries.Nth(before.Count - 2));
        var box = (await target.BoundingBoxAsync())!;

        await editor.AnsweredAsync(() => moved.DragToAsync(target, new() { TargetPosition = new() { X = 20, Y = box.Height * 0.1f } }));

        var after = await entries.Locator(".menu-name a").AllTextContentsAsync();
        Assert.Equal([.. before.SkipLast(2), before[^1], before[^2]], after);
        Assert.Empty(editor.Complaints);
    }
}
