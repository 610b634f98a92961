using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests;

/// <summary>The conversation under an article.</summary>
public partial class DiscussionTests(Newsstand newsstand)
{
    private const string Survey = "/2025/04/we-asked-64-small-networks-what-keeps-them-on-ipv4";

    [Fact]
    public async Task Reply_moves_the_form_under_the_comment_and_Cancel_reply_puts_it_back()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync(Survey);
        var reply = reader.Page.GetByRole(AriaRole.Link, new() { Name = "Reply to Sturla Hegge" });
        var form = reader.Page.Locator("form.respond");
        var cancel = reader.Page.GetByText("Cancel reply");
        await Expect(cancel).ToBeHiddenAsync();

        await reply.ClickAsync();
        await Expect(reader.Page.Locator(".thread form.respond")).ToHaveCountAsync(1);
        await Expect(form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Reply to Sturla Hegge");
        await Expect(form.Locator("[name=parent]")).ToHaveValueAsync((await reply.GetAttributeAsync("data-reply"))!);
        await Expect(reader.Page.GetByLabel("Name")).ToBeFocusedAsync();

        await cancel.ClickAsync();
        await Expect(reader.Page.Locator("#respond form.respond")).ToHaveCountAsync(1);
        await Expect(form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Leave A Reply");
        await Expect(form.Locator("[name=parent]")).ToHaveValueAsync("");
        await Expect(cancel).ToBeHiddenAsync();
        await Expect(reply).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Without_script_Reply_leads_to_the_form_under_the_comment()
    {
        await using var reader = await newsstand.ReaderAsync(script: false);
        await reader.GoAsync(Survey);
        var reply = reader.Page.GetByRole(AriaRole.Link, new() { Name = "Reply to Sturla Hegge" });
        var id = await reply.GetAttributeAsync("data-reply");
        await reply.ClickAsync();

        await Expect(reader.Page).ToHaveURLAsync($"{newsstand.Origin}{Survey}?replyto={id}#respond-{id}");
        var form = reader.Page.Locator($"#comment-{id} form.respond");
        await Expect(form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Reply to Sturla Hegge");
        await Expect(form).ToBeInViewportAsync();

        await form.GetByText("Cancel reply").ClickAsync();
        await Expect(reader.Page.Locator("#respond form.respond")).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_posted_comment_awaits_approval_and_is_not_sent_twice_by_reloading(bool script)
    {
        await using var reader = await newsstand.ReaderAsync(script: script);
        await reader.GoAsync(Survey);
        await reader.Page.GetByLabel("Name").FillAsync("Ines Duarte");
        await reader.Page.GetByLabel("Email", new() { Exact = true }).FillAsync("ines@example.org");
        await reader.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("We moved in a weekend.");
        var posts = 0;
        reader.Context.Request += (_, request) => posts += request.Method == "POST" ? 1 : 0;
        await reader.Button("Post comment").ClickAsync();

        await Expect(reader.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "awaiting approval" })).ToBeInViewportAsync();
        await reader.Page.ReloadAsync();
        await Expect(reader.Page.GetByText("awaiting approval")).ToBeVisibleAsync();
        Assert.Equal(1, posts);
        Assert.Equal(0, await reader.Page.Locator(".thread").GetByText("We moved in a weekend.").CountAsync());
    }

    [Fact]
    public async Task Mistakes_stand_beside_their_fields_and_the_words_are_kept()
    {
        await using var reader = await newsstand.ReaderAsync();
        await reader.GoAsync(Survey);
        await reader.Page.GetByLabel("Email", new() { Exact = true }).FillAsync("not an address");
        await reader.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("Keep these words.");
        await reader.Button("Post comment").ClickAsync();

        var name = reader.Page.GetByLabel("Name");
        await Expect(name).ToHaveAccessibleDescriptionAsync("Please give a name.");
        await Expect(name).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(name).ToBeFocusedAsync();
        await Expect(reader.Page.GetByLabel("Email", new() { Exact = true })).ToHaveAccessibleDescriptionAsync("This does not look like an e-mail address.");
        await Expect(reader.Page.GetByLabel("Email", new() { Exact = true })).ToHaveValueAsync("not an address");
        await Expect(reader.Page.GetByLabel("Comment", new() { Exact = true })).ToHaveValueAsync("Keep these words.");
    }

    [Fact]
    public async Task A_reply_with_mistakes_keeps_its_place_under_the_comment()
    {
        await using var reader = await newsstand.ReaderAsync(390);
        await reader.GoAsync(Survey);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Reply to Sturla Hegge" }).ClickAsync();
        await reader.Page.GetByLabel("Name").FillAsync("Ines Duarte");
        await reader.Button("Post comment").ClickAsync();

        var form = reader.Page.Locator(".thread form.respond");
        await Expect(form.GetByRole(AriaRole.Heading)).ToHaveTextAsync("Reply to Sturla Hegge");
        await Expect(form.Locator(".error")).ToHaveCountAsync(2);
        await Expect(reader.Page.GetByLabel("Name")).ToHaveValueAsync("Ines Duarte");
    }

    [Fact]
    public async Task On_a_small_screen_the_form_unfolds_from_Add_A_Comment()
    {
        await using var reader = await newsstand.ReaderAsync(390);
        await reader.GoAsync(Survey);
        await Expect(reader.Page.GetByLabel("Name")).ToBeHiddenAsync();

        await reader.Page.Locator("summary").Filter(new() { HasText = "Add A Comment" }).ClickAsync();
        await Expect(reader.Page.GetByLabel("Name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Without_script_the_form_is_open_on_a_small_screen_too()
    {
        await using var reader = await newsstand.ReaderAsync(390, script: false);
        await reader.GoAsync(Survey);

        await Expect(reader.Page.GetByLabel("Name")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_reader_looks_first_sends_finds_it_again_changes_it_and_takes_it_back()
    {
        await using var reader = await newsstand.ReaderAsync(390);
        await reader.GoAsync(Survey + "#respond");
        await reader.Page.GetByLabel("Name").FillAsync("Ines Duarte");
        await reader.Page.GetByLabel("Email", new() { Exact = true }).FillAsync("ines.again@example.org");
        await reader.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync("We moved *last* spring, and nobody noticed.");
        await reader.Page.GetByLabel("Remember me").CheckAsync();
        await reader.Button("Preview").ClickAsync();
        var preview = reader.Page.GetByRole(AriaRole.Status, new() { Name = "Preview" });
        await Expect(preview.Locator("em")).ToHaveTextAsync("last");
        await Expect(preview).ToBeInViewportAsync();
        await reader.Button("Post comment").ClickAsync();

        var own = reader.Page.Locator(".own");
        await Expect(own.GetByRole(AriaRole.Status)).ToContainTextAsync("awaiting approval");
        await Axe.FindNothingAsync(reader.Page, Axe.GoodPractice, "one's own comment");
        Assert.Equal(0, await reader.OverflowAsync());

        await reader.GoAsync(Survey);
        await Expect(reader.Page.GetByLabel("Name")).ToHaveValueAsync("Ines Duarte");
        await reader.Page.GetByText("A comment of yours is not on this page").ClickAsync();
        await own.GetByText("Change or delete it").ClickAsync();
        await own.GetByLabel("Comment").FillAsync("We moved *this* spring, and nobody noticed.");
        await reader.Button("Save changes").ClickAsync();
        await Expect(own.GetByRole(AriaRole.Status)).ToContainTextAsync("Changed.");
        await Expect(own.Locator("em")).ToHaveTextAsync("this");

        await own.GetByText("Change or delete it").ClickAsync();
        await reader.Button("Delete comment").ClickAsync();
        await Expect(reader.Page.GetByText("Your comment is deleted.")).ToBeInViewportAsync();
        await reader.GoAsync(Survey);
        await Expect(reader.Page.GetByLabel("Name")).ToHaveValueAsync("Ines Duarte");
        await Expect(reader.Page.GetByText("A comment of yours is not on this page")).ToHaveCountAsync(0);
        Assert.Empty(reader.Complaints);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_reports_a_comment_and_asks_to_hear_of_new_ones(bool script)
    {
        await using var reader = await newsstand.ReaderAsync(script: script);
        await reader.GoAsync(Survey);
        await reader.Page.GetByRole(AriaRole.Link, new() { Name = "Report Sturla Hegge" }).ClickAsync();
        await reader.Button("Send report").ClickAsync();
        await Expect(reader.Page.GetByText("Please choose what is wrong with it.")).ToBeVisibleAsync();
        await reader.Page.GetByLabel("It has nothing to do with the article").CheckAsync();
        await reader.Button("Send report").ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("An editor will look at it.");

        await reader.Page.GetByText("Back to the discussion").ClickAsync();
        await reader.Page.GetByText("Follow this discussion by e-mail").ClickAsync();
        await reader.Page.GetByLabel("Your e-mail").FillAsync("ines.follows@example.org");
        await reader.Button("Follow").ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Look into your mail");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reader_takes_along_what_is_stored_of_her_and_has_it_erased(bool script)
    {
        var email = script ? "rosa.luz@example.org" : "rosa.sombra@example.org";
        await using var reader = await newsstand.ReaderAsync(390, script: script);
        await reader.GoAsync(Survey + "#respond");
        await reader.Page.GetByLabel("Name").FillAsync("Rosa Luz");
        await reader.Page.GetByLabel("Email", new() { Exact = true }).FillAsync(email);
        await reader.Page.GetByLabel("Comment", new() { Exact = true }).FillAsync($"We kept ours, {(script ? "and regret it" : "and sleep well")}.");
        await reader.Button("Post comment").ClickAsync();
        await Expect(reader.Page.Locator(".own").GetByRole(AriaRole.Status)).ToContainTextAsync("awaiting approval");

        await reader.GoAsync("/comments/yours");
        await reader.Button("Send the link").ClickAsync();
        await Expect(reader.Page.GetByLabel("Your e-mail")).ToBeFocusedAsync();
        await reader.Page.GetByLabel("Your e-mail").FillAsync(email);
        await reader.Button("Send the link").ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Look into your mail");

        var link = Link().Match(await newsstand.LetterAsync(email)).Value;
        await reader.Page.GotoAsync(link);
        await Expect(reader.Page.GetByText("We kept ours")).ToBeVisibleAsync();
        if (script)
        {
            await Axe.FindNothingAsync(reader.Page, Axe.GoodPractice, "what is stored of a reader");
            Assert.Equal(0, await reader.OverflowAsync());
        }

        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.GetByText("Download it all").ClickAsync());
        Assert.Contains("We kept ours", await File.ReadAllTextAsync(await download.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await reader.Button("Erase it all").ClickAsync();
        await Expect(reader.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("is erased");
        await reader.Page.GotoAsync(link);
        await Expect(reader.Page.GetByText("We kept ours")).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"https?://\S+/comments/yours\?key=\S+")]
    private static partial Regex Link();
}
