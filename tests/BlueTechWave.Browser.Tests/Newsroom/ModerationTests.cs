using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>An editor at the comments' desk, by single letters and by plain forms.</summary>
public class ModerationTests(Newsstand newsstand)
{
    private const string Survey = "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4";

    [Fact]
    public async Task By_single_letters_one_comment_after_another_without_loading_the_page_anew()
    {
        var desk = await WriteAsync("letters@reader.example", "first", "second", "third");
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Kaya Letters");
        await editor.GoAsync(desk);
        await editor.AskAsync<bool>("window.stayed = true");
        var rows = editor.Page.Locator(".comment");
        await Expect(rows).ToHaveCountAsync(3);

        await editor.PressAsync("j");
        await editor.PressAsync("a");
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(editor.Page.Locator("body > [role=status]")).ToContainTextAsync("Approved: 1 comment.");
        await Expect(rows.First.GetByRole(AriaRole.Link).First).ToBeFocusedAsync();

        await editor.PressAsync("s");
        await Expect(rows).ToHaveCountAsync(1);
        await editor.PressAsync("z");
        await Expect(rows).ToHaveCountAsync(2);

        await editor.PressAsync("r");
        await Expect(rows.First.GetByLabel("Reason")).ToBeFocusedAsync();
        await editor.Page.Keyboard.TypeAsync("It says what was said before.");
        await editor.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Rejected: 1 comment.");
        Assert.True(await editor.AskAsync<bool>("window.stayed === true"));
        Assert.Empty(editor.Complaints);

        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync(Survey);
        await Expect(reader.Page.Locator(".thread").GetByText("Observation first of letters@reader.example")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_by_plain_forms_and_for_several_at_once()
    {
        var desk = await WriteAsync("plain@reader.example", "first", "second", "third");
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Pia Plain", script: false);
        await editor.GoAsync(desk);
        var rows = editor.Page.Locator(".comment");

        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await editor.Button("Undo").ClickAsync();
        await Expect(rows).ToHaveCountAsync(3);

        foreach (var box in await editor.Page.Locator(".comment [name=pick]").AllAsync()) await box.CheckAsync();
        await editor.Page.GetByLabel("Reason for those chosen").FillAsync("It says what was said before.");
        await editor.Button("Reject chosen").ClickAsync();
        await Expect(editor.Page.GetByText("Rejected: 3 comments.")).ToBeVisibleAsync();
        await Expect(editor.Page.GetByText("Nothing in this pile matches.")).ToBeVisibleAsync();
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = "Rejected" }).ClickAsync();
        await Expect(editor.Page.GetByText("Rejected: It says what was said before.").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_flood_goes_in_one_act_while_the_editor_reads_on()
    {
        var count = await newsstand.FloodAsync(Survey.Split('/')[^1], "boats-in-a-flood.example");
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Femi Flood");
        await editor.GoAsync("/newsroom/comments?q=boats@boats-in-a-flood.example");
        await editor.Page.GetByRole(AriaRole.Link, new() { Name = $"{count - 1} more like this" }).First.ClickAsync();
        await editor.AskAsync<bool>("window.stayed = true");
        await editor.Button($"Call all {count} alike spam").First.ClickAsync();

        await Expect(editor.Page.Locator("#groups")).ToContainTextAsync($"Femi Flood has called spam {count} comments that are alike.");
        await Expect(editor.Page.Locator("body > [role=status]")).ToContainTextAsync("has called spam");
        await Axe.FindNothingAsync(editor.Page, Axe.GoodPractice, "a group of comments");
        await editor.Button($"Undo all {count}").ClickAsync();
        await Expect(editor.Page.Locator("#groups")).ToContainTextAsync($"Femi Flood has brought back {count} comments.");
        Assert.True(await editor.AskAsync<bool>("window.stayed === true"));
        Assert.Empty(editor.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Enter_in_a_reason_decides_nothing_that_was_not_asked_for(bool script)
    {
        var desk = await WriteAsync($"enter-{(script ? "script" : "plain")}@reader.example", "first", "second", "third");
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Enno {(script ? "Script" : "Plain")}", script: script);
        await editor.GoAsync(desk);
        var rows = editor.Page.Locator(".comment");

        await editor.Page.GetByLabel("Reason for those chosen").FillAsync("It is not for us.");
        await editor.Page.GetByLabel("Reason for those chosen").PressAsync("Enter");
        if (!script) await rows.First.GetByLabel("Reason").PressAsync("Enter");
        await rows.First.GetByRole(AriaRole.Button, new() { Name = "Spam" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(2);
        await Expect(editor.Page.GetByText("Called spam: 1 comment.").First).ToBeVisibleAsync();

        await rows.First.GetByRole(AriaRole.Link).First.ClickAsync();
        await editor.Page.GetByLabel("Reason").FillAsync("It is not for us.");
        await editor.Page.GetByLabel("Reason").PressAsync("Enter");
        await Expect(editor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("pending");
        await editor.Button("Reject").ClickAsync();
        await Expect(editor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("rejected");
    }

    /// <returns>The desk's address with these comments alone.</returns>
    private async Task<string> WriteAsync(string email, params string[] which)
    {
        await using var reader = await newsstand.ReaderAsync();
        foreach (var one in which)
        {
            await reader.GoAsync(Survey);
            await reader.Page.GetByLabel("Name").FillAsync("Ines Duarte");
            await reader.Page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
            await reader.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync($"Observation {one} of {email} on small networks.");
            await reader.Button("Post comment").ClickAsync();
            await Expect(reader.Page.Locator(".own")).ToBeVisibleAsync();
        }

        return $"/newsroom/comments?q={email}";
    }
}
