using System.Diagnostics;
using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Newsroom;

/// <summary>An article's way from an empty form to its readers, in the browsers of those who take it there.</summary>
public class JourneyTests(Newsstand newsstand)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_reporter_and_a_new_editor_bring_the_Mexico_piece_from_an_empty_form_to_the_reader(bool script)
    {
        const string First = "## What happened\n\nMicrosoft will invest $1.3B in Mexico.\n\n## Why it’s important\n\nNo company has put more into cloud and AI there.\n";
        var (hers, theirs, watch) = (Handbook.Of("For reporters"), Handbook.Of("For editors"), Stopwatch.StartNew());
        var headline = $"Microsoft puts $1.3B into Mexico’s cloud, {(script ? "told by day" : "told by night")}";
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, $"Ines {(script ? "Duarte" : "Delmar")}", script: script);
        await hers.LookAsync(reporter);
        await reporter.Page.GetByRole(AriaRole.Link, new() { Name = hers["New article"] }).ClickAsync();
        await reporter.Page.WaitForURLAsync("**/newsroom/articles/new");
        Assert.Matches("^## What happened\\s+## Why it’s important\\s*$", await reporter.AskAsync<string>("document.getElementById('Body').value"));
        await reporter.Field(hers["Headline"]).FillAsync(headline);
        if (script) await Assertions.Expect(reporter.Field(hers["Slug"])).ToHaveValueAsync("microsoft-puts-1-3b-into-mexicos-cloud-told-by-day");
        await reporter.Page.GetByRole(AriaRole.Group, new() { Name = hers["Key points"] }).GetByRole(AriaRole.Textbox).First.FillAsync("It is $1.3B over three years.");
        if (script) await reporter.SettledAsync();
        await reporter.Field(hers["Body"]).FillAsync(First);
        await reporter.Field(hers["Our take"]).FillAsync("Money is quick; power and water are not.");
        await reporter.Field(hers["Attribution"]).FillAsync("Ines Duarte, on the roof");
        await reporter.Field(hers["Category"]).SelectOptionAsync(new SelectOptionValue { Label = "Exclusives" });
        await reporter.Field(hers["Tags"]).FillAsync("Mexico, Clouds of the south");
        Assert.Equal($"Ines {(script ? "Duarte" : "Delmar")}", await reporter.Field(hers["Authors"]).EvaluateAsync<string>("list => list.selectedOptions[0].text"));
        await reporter.Field(hers["Picture"]).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await reporter.Field(hers["Alternative text"]).FillAsync("A data hall at the foot of a mountain");
        await reporter.Field(hers["Credit"]).FillAsync("Ines Duarte");
        await reporter.SendAsync(hers["Save draft"]);
        await hers.LookAsync(reporter);
        await reporter.SendAsync(hers["Submit for review"]);
        await Assertions.Expect(reporter.Page.Locator(".said").First).ToHaveTextAsync("Submitted for review.");
        await Assertions.Expect(reporter.Page.Locator(".chip")).ToHaveTextAsync("In review");

        await using var editor = await newsstand.ColleagueAsync(Role.Editor, $"Daniel {(script ? "Falk" : "Frost")}", script: script);
        await editor.Page.GetByRole(AriaRole.Region, new() { Name = theirs["Waiting for me"] }).GetByRole(AriaRole.Link, new() { Name = headline }).ClickAsync();
        await editor.Page.WaitForURLAsync("**/newsroom/articles/*");
        await editor.SendAsync(theirs["Send back"]);
        await Assertions.Expect(editor.Page.Locator("#reason-error")).ToBeVisibleAsync();
        await editor.Field(theirs["Reason"]).FillAsync("Who said so, and where?");
        await editor.SendAsync(theirs["Send back"]);
        await Assertions.Expect(editor.Page.Locator(".chip")).ToHaveTextAsync("Draft");

        await reporter.GoAsync("/newsroom");
        await Assertions.Expect(reporter.Page.Locator(".sent-back").First).ToHaveTextAsync("Sent back: Who said so, and where?");
        await reporter.Page.GetByRole(AriaRole.Region, new() { Name = hers["My drafts"] }).GetByRole(AriaRole.Link, new() { Name = headline }).ClickAsync();
        await reporter.Page.WaitForURLAsync("**/newsroom/articles/*");
        if (script) await reporter.SettledAsync();
        await reporter.Field(hers["Body"]).FillAsync(First.Replace("Mexico.", "Mexico, its head said in the capital.", StringComparison.Ordinal));
        await reporter.SendAsync(hers["Submit for review"]);

        await editor.Page.ReloadAsync();
        await Assertions.Expect(editor.Page.GetByText("its head said in the capital").First).ToBeVisibleAsync();
        await editor.SendAsync(theirs["Publish"]);
        await Assertions.Expect(editor.Page.Locator(".chip")).ToHaveTextAsync("Published");
        await Assertions.Expect(editor.Page.Locator(".said").First).ToContainTextAsync("Live everywhere in");
        var desk = new Uri(editor.Page.Url).AbsolutePath;
        await editor.AnsweredAsync(() => editor.Page.GetByRole(AriaRole.Link, new() { Name = theirs["Where readers find it"] }).ClickAsync());
        await Assertions.Expect(editor.Page.Locator("tbody tr").Filter(new() { HasNotText = "As it should be" })).ToHaveCountAsync(0);
        await editor.GoAsync(desk);
        var address = (await editor.Page.GetByRole(AriaRole.Link, new() { Name = theirs["Read it on the site"] }).First.GetAttributeAsync("href"))!;

        await using var reader = await newsstand.ReaderAsync(390, script: script);
        await reader.GoAsync("/");
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Link, new() { Name = headline }).First).ToBeVisibleAsync();
        await reader.GoAsync(address);
        await Assertions.Expect(reader.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(headline);
        foreach (var words in new[] { "its head said in the capital", "Why it’s important", "Money is quick; power and water are not.", "Ines Duarte, on the roof", "It is $1.3B over three years." })
            await Assertions.Expect(reader.Page.GetByText(words).First).ToBeVisibleAsync();
        // Its sizes are cut in the background, as the handbook says: until then there is the cover.
        var photograph = reader.Page.GetByAltText("A data hall at the foot of a mountain");
        for (var looks = 0; looks < 60 && await photograph.CountAsync() == 0; looks++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await reader.GoAsync(address);
        }

        await Assertions.Expect(photograph.First).ToBeVisibleAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"From the reporter's desk to the reader, the machine took {watch.Elapsed.TotalSeconds:N1} s.");

        await hers.LookAsync(reporter);
        // Without script there is no toolbar to speak of.
        if (script) hers.IsAllSeen();
        // The refusal was asked for.
        Assert.DoesNotContain(reporter.Complaints.Concat(editor.Complaints).Concat(reader.Complaints), c => !c.Contains("400 (Bad Request)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_the_visual_editor_does_not_arrive_the_same_form_writes_in_a_plain_field()
    {
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, "Sol Marín");
        await reporter.Context.RouteAsync("**/dist/**", route => route.AbortAsync());
        await reporter.GoAsync(Desk.New);
        await reporter.Field("Headline").FillAsync("A lighthouse keeps its lamp");
        await Assertions.Expect(reporter.Field("Body")).ToHaveJSPropertyAsync("tagName", "TEXTAREA");
        await reporter.Field("Body").FillAsync("It is lit **by hand**.\n");
        // All else of the form still lives: words are kept, and shown as readers will see them.
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Draft saved", new() { Timeout = 20_000 });
        await Assertions.Expect(reporter.Page.FrameLocator("[data-live-frame]").GetByText("by hand")).ToBeVisibleAsync();
        await reporter.SendAsync("Submit for review");

        await Assertions.Expect(reporter.Page.Locator(".chip")).ToHaveTextAsync("In review");
        await Assertions.Expect(reporter.Field("Body")).ToHaveValueAsync("It is lit **by hand**.\n");
    }

    [Fact]
    public async Task Two_who_change_the_same_words_see_both_texts_and_lose_neither()
    {
        await using var first = await newsstand.ColleagueAsync(Role.Editor, "Noor Haddad");
        await using var second = await newsstand.ColleagueAsync(Role.Editor, "Tomas Lind");
        var address = await first.WriteAsync("An exchange opens in Tromsø", "The exchange opens on Monday.\n\nIt has forty members.\n");
        await second.GoAsync(address);
        await Assertions.Expect(second.Page.Locator("[data-here]")).ToContainTextAsync("Noor Haddad is here too");

        await first.PutBodyAsync("The exchange opened on Tuesday.\n\nIt has forty members.\n");
        await first.SendAsync("Save draft");
        await second.PutBodyAsync("The exchange opens on Monday at nine.\n\nIt has forty members, and room for more.\n");
        await second.SendAsync("Save draft");

        await Assertions.Expect(second.Page.GetByRole(AriaRole.Heading, new() { Name = "Two texts, one article" })).ToBeVisibleAsync();
        var dispute = second.Page.Locator("[data-dispute=Body]");
        await Assertions.Expect(dispute).ToContainTextAsync("opens on Monday at nine");
        await Assertions.Expect(dispute).ToContainTextAsync("opened on Tuesday");
        await EveryPageTests.FindNothingWrongAsync(second, "two texts");
        await second.AnsweredAsync(() => second.Button("Use theirs: Body").ClickAsync());
        await second.SettledAsync();
        await second.SendAsync("Save draft");

        Assert.Contains("opened on Tuesday", await second.AskAsync<string>("document.getElementById('Body').value"), StringComparison.Ordinal);
        await second.GoAsync(address + "/history");
        await Assertions.Expect(second.Page.GetByText("Kept text of Tomas Lind")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task What_is_typed_offline_reaches_the_server_once_the_line_is_back()
    {
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, "Lucia Rey");
        var address = await reporter.WriteAsync("A mast falls in the storm", "The mast fell at night.\n");
        await reporter.SettledAsync();
        await reporter.Context.SetOfflineAsync(true);
        await reporter.Field("Summary").FillAsync("Typed on the train.");
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Not saved: no connection");
        await reporter.Field("Summary").PressSequentiallyAsync(" And in the tunnel.");
        await reporter.Context.SetOfflineAsync(false);
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Draft saved", new() { Timeout = 20_000 });

        await using var again = await newsstand.ReaderAsync();
        await again.SignInAsync("lucia-rey@btw.example", "correct horse battery staple");
        await again.GoAsync(address);
        await Assertions.Expect(again.Field("Summary")).ToHaveValueAsync("Typed on the train. And in the tunnel.");
    }

    [Fact]
    public async Task What_is_typed_while_a_save_is_on_its_way_is_in_the_next()
    {
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, "Pilar Vega");
        var address = await reporter.WriteAsync("A relay hangs in the wind", "The relay hung by one bolt.\n");
        await reporter.SettledAsync();
        var (asked, answer, watch) = (new TaskCompletionSource(), new TaskCompletionSource(), Stopwatch.StartNew());
        await reporter.Page.RouteAsync("**/*handler=Autosave*", async route =>
        {
            asked.TrySetResult();
            await answer.Task;
            await route.ContinueAsync();
        });
        await reporter.Field("Summary").FillAsync("By one bolt,");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine($"The save left {watch.Elapsed.TotalSeconds:N1} s after the key.");
        await reporter.Field("Summary").PressSequentiallyAsync(" and that one is rusty.");
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Saving");
        var next = reporter.Page.WaitForResponseAsync(r => r.Url.Contains("handler=Autosave", StringComparison.Ordinal) && (r.Request.PostData ?? "").Contains("rusty", StringComparison.Ordinal));
        answer.SetResult();
        Assert.True((await next).Ok);

        await using var again = await newsstand.ReaderAsync();
        await again.SignInAsync("pilar-vega@btw.example", "correct horse battery staple");
        await again.GoAsync(address);
        await Assertions.Expect(again.Field("Summary")).ToHaveValueAsync("By one bolt, and that one is rusty.");
    }

    [Fact]
    public async Task A_browser_that_dies_offline_still_has_the_words_when_it_comes_back()
    {
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, "Mateo Sol");
        var address = await reporter.WriteAsync("A tower is moved", "The tower was moved by rail.\n");
        await reporter.SettledAsync();
        await reporter.Context.SetOfflineAsync(true);
        await reporter.Field("Summary").FillAsync("Written just before the battery went.");
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Not saved: no connection");
        // Nothing of this page runs any more: as when a battery dies.
        await reporter.Page.CloseAsync();
        await reporter.Context.SetOfflineAsync(false);

        var page = await reporter.Context.NewPageAsync();
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring them back" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Summary", new() { Exact = true })).ToHaveValueAsync("Written just before the battery went.");
        await Assertions.Expect(page.Locator("[data-state]")).ToContainTextAsync("Draft saved");
    }

    [Fact]
    public async Task With_the_keyboard_alone_an_article_is_found_written_and_published()
    {
        const string Headline = "A ropewalk goes dark for an hour";
        await using var editor = await newsstand.ColleagueAsync(Role.Editor, "Kaia Keys");
        await editor.TabToAsync("[data-key=n]");
        await editor.AnsweredAsync(() => editor.PressAsync("Enter"));
        await editor.SettledAsync();

        await editor.TabToAsync("#Headline");
        await editor.Page.Keyboard.TypeAsync(Headline);
        await editor.TabToAsync("#KeyPoints-0");
        await editor.Page.Keyboard.TypeAsync("The ropewalk had no light for an hour.");
        await editor.TabToAsync(".article-body");
        await editor.PressAsync("Control+End");
        await editor.Page.Keyboard.TypeAsync("The ropewalk went dark at ten.");
        await editor.TabToAsync("#CategoryId");
        await editor.Page.Keyboard.TypeAsync("Exclusives");
        await editor.TabToAsync("#AuthorIds-0");
        await editor.Page.Keyboard.TypeAsync("Kaia");
        await editor.AnsweredAsync(() => editor.PressAsync("Control+s"));
        await Assertions.Expect(editor.Page.Locator("[data-state]")).ToContainTextAsync("Draft saved");

        await editor.TabToAsync("[data-act=Publish]");
        await editor.AnsweredAsync(() => editor.PressAsync("Enter"));
        await Assertions.Expect(editor.Page.Locator(".chip")).ToHaveTextAsync("Published");
        await editor.GoAsync("/newsroom/articles?q=ropewalk");
        await Assertions.Expect(editor.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await editor.PressAsync("j");
        await editor.PressAsync("o");
        await editor.Page.WaitForURLAsync("**/newsroom/articles/*", new() { WaitUntil = WaitUntilState.Commit, Timeout = 60_000 });
        await Assertions.Expect(editor.Field("Headline")).ToHaveValueAsync(Headline);
        Assert.Empty(editor.Complaints);
    }
}
