using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Writing;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>An article's way through the editor, by its buttons.</summary>
public class EditorTests
{
    [Theory, EachStore]
    public async Task A_reporter_writes_submits_an_editor_sends_back_and_publishes_and_a_reader_reads(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim", ("Take", "They float."), ("TakeBy", "Inês Prado"), ("Tags", "Robots, Mexico"));

        await ines.PressAsync(id, "Submit for review");
        using (var back = await noor.PressAsync(id, "Send back")) Assert.Equal(HttpStatusCode.BadRequest, back.StatusCode);
        await noor.PressAsync(id, "Send back", ("reason", "Who says so?"));
        Assert.Contains("Who says so?", (await ines.ReadAsync(Editing.AddressOf(id))).QuerySelector(".notices")!.TextContent);
        await ines.PressAsync(id, "Submit for review", ("Body", "The harbour says so."));
        await noor.PressAsync(id, "Publish");

        var page = await site.Reader.TextAsync("/2024/09/robots-learn-to-swim");
        Assert.Contains("The harbour says so.", page);
        Assert.Contains("They float.", page);
        var article = await site.ArticleAsync(id);
        Assert.Equal(ines.Account.Id, article.WriterId);
        Assert.Equal(["Robots", "Mexico"], article.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name));
        Assert.Equal(
            [ArticleAct.Written, ArticleAct.Submitted, ArticleAct.SentBack, ArticleAct.Written, ArticleAct.Submitted, ArticleAct.Published],
            article.Revisions.OrderBy(r => r.Id).Select(r => r.Act));
    }

    [Theory, EachStore]
    public async Task Who_submits_a_piece_is_told_at_once_what_it_still_needs(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var half = await ines.PressAsync(0, "Submit for review", ("Headline", "Robots learn to swim"));
        Assert.Equal("Submitted for review. Before it can go out it still needs a key point, a category.", await SaidAsync(half.Headers.Location!.OriginalString));

        var whole = await ines.BeginAsync("Whales learn to walk");
        await ines.PressAsync(whole, "Submit for review");
        Assert.Equal("Submitted for review.", await SaidAsync(Editing.AddressOf(whole)));

        async Task<string> SaidAsync(string desk) => (await ines.ReadAsync(desk)).QuerySelector(".said")!.TextContent.Trim();
    }

    [Fact]
    public async Task From_its_desk_a_published_piece_is_one_press_away_and_no_other_is()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        Assert.Empty(await WaysAsync());
        await noor.PressAsync(id, "Publish");
        // What is said of the press itself is said once; the way there stays.
        await noor.ReadAsync(Editing.AddressOf(id));
        Assert.Equal(["/2024/09/robots-learn-to-swim"], await WaysAsync());
        await noor.PressAsync(id, "Unpublish", ("reason", "The source has taken its word back."));
        Assert.Empty(await WaysAsync());

        async Task<IEnumerable<string?>> WaysAsync() => (await noor.ReadAsync(Editing.AddressOf(id)))
            .QuerySelectorAll("a").Where(a => a.TextContent == "Read it on the site").Select(a => a.GetAttribute("href"));
    }

    [Fact]
    public async Task A_new_article_begins_with_the_template_the_writers_byline_and_her_attribution()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        var page = await ines.ReadAsync(Editing.New);
        Assert.Equal(ArticleTemplate.Usual.Body, page.Value("Body"));
        Assert.Equal($"{ines.Account.AuthorId}", page.Value("AuthorIds"));
        Assert.Equal(("Inês Prado", "BTW reporter"), (page.Value("TakeBy"), page.Value("TakeRole")));

        await site.EditAsync(db => { db.AddRange(new ArticleTemplate("Analysis", "## What we know\n"), new ArticleTemplate("News", "## What happened\n")); return Task.CompletedTask; });
        page = await ines.ReadAsync(Editing.New);
        var news = page.QuerySelectorAll(".notices a").Single(a => a.TextContent == "News").GetAttribute("href")!;
        Assert.Equal("## What we know\n", page.Value("Body"));
        Assert.Equal("## What happened\n", (await ines.ReadAsync(news)).Value("Body"));
    }

    [Fact]
    public async Task An_attribution_that_was_only_suggested_makes_no_take()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        Assert.Null((await site.ArticleAsync(await ines.BeginAsync("Robots"))).Take);
        Assert.Equal("Ada Lane", (await site.ArticleAsync(await ines.BeginAsync("Whales", ("TakeBy", "Ada Lane")))).Take?.Attribution);
    }

    [Fact]
    public async Task Buttons_are_those_of_the_state_and_of_who_asks()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim");
        await Expect(["Save draft", "Preview", "Submit for review"], ["Save draft", "Preview", "Submit for review", "Schedule", "Publish"]);

        await ines.PressAsync(id, "Submit for review");
        await Expect(["Save draft", "Preview"], ["Save draft", "Preview", "Send back", "Schedule", "Publish"]);

        await noor.PressAsync(id, "Schedule", ("date", "2024-09-26"), ("time", "08:00"));
        await Expect([], ["Save draft", "Preview", "Send back", "Schedule", "Publish"]);

        await noor.PressAsync(id, "Publish");
        await Expect([], ["Preview", "Unpublish", "Update"]);

        await noor.PressAsync(id, "Unpublish", ("reason", "The source has taken its word back."));
        await Expect([], ["Save draft", "Preview", "Publish"]);

        async Task Expect(string[] reporters, string[] editors)
        {
            Assert.Equal(reporters, (await ines.ReadAsync(Editing.AddressOf(id))).Buttons());
            var page = await noor.ReadAsync(Editing.AddressOf(id));
            Assert.Equal(editors, page.Buttons());
            Assert.Single(page.QuerySelectorAll(".bar .btn").Where(b => b.ClassList.Length == 1).Skip(editors.Contains("Unpublish") || editors.Contains("Publish") ? 0 : 1));
        }
    }

    [Theory, EachStore]
    public async Task Others_drafts_are_not_there_and_what_an_editor_has_approved_is_closed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var omar = await Colleague.ArriveAsync(site, Role.Reporter, "Omar Said");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim");
        var form = await ines.OpenAsync(id);
        var omars = await omar.OpenAsync(0);

        await omar.ReadAsync(Editing.AddressOf(id), HttpStatusCode.NotFound);
        await omar.ReadAsync(Editing.AddressOf(id + 1000), HttpStatusCode.NotFound);
        foreach (var handler in new[] { "Save", "Submit", "Autosave", "Here", "Discard", "Points" })
        {
            using var answer = await omar.SendAsync(id, handler, omars, ("Headline", "Mine now"));
            Assert.Equal($"{handler} {HttpStatusCode.NotFound}", $"{handler} {answer.StatusCode}");
        }

        foreach (var handler in new[] { "Publish", "Schedule", "SendBack", "Update", "Unpublish" })
        {
            using var answer = await ines.SendAsync(id, handler, form);
            Assert.Equal($"{handler} Forbidden", $"{handler} {answer.StatusCode}");
        }

        await noor.PressAsync(id, "Publish");
        using var late = await ines.SendAsync(id, "Save", form, ("Headline", "Robots learn to dive"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Equal("Robots learn to dive", (await late.PageAsync()).QuerySelector("#Headline")!.TextContent.Trim());
        Assert.Equal("Robots learn to swim", (await site.ArticleAsync(id)).Headline);
    }

    [Fact]
    public async Task Nothing_but_the_forms_fields_is_read()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");

        var id = await ines.BeginAsync("Robots", ("Status", "3"), ("WriterId", "77"), ("Version", "9"), ("PublishedAt", "2020-01-01"), ("Article.Status", "Published"), ("id", "5"), ("BodyHtml", "<script>"));

        var article = await site.ArticleAsync(id);
        Assert.Equal((ArticleStatus.Draft, ines.Account.Id, (DateTime?)null), (article.Status, article.WriterId!.Value, article.PublishedAt));
    }

    [Fact]
    public async Task An_act_needs_the_forms_token_and_none_is_done_by_following_a_link()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots");
        var form = (await noor.OpenAsync(id)).Where(f => f.Key != "__RequestVerificationToken").ToList();

        foreach (var handler in new[] { "Save", "Submit", "Publish", "Autosave", "Here", "Discard" })
        {
            using var answer = await noor.SendAsync(id, handler, form);
            Assert.Equal($"{handler} BadRequest", $"{handler} {answer.StatusCode}");
            await noor.GetAsync($"{Editing.AddressOf(id)}?handler={handler}");
        }

        Assert.Equal(ArticleStatus.Draft, (await site.ArticleAsync(id)).Status);
        Assert.Empty(await site.AskAsync(db => db.Presences.ToListAsync()));
    }

    [Theory, EachStore]
    public async Task The_same_press_twice_is_one_act(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var category = await noor.CategoryAsync("AI");

        var fresh = await noor.OpenAsync(0);
        var both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => noor.SendAsync(0, "Submit", fresh, ("Headline", "Robots"), ("KeyPoints", "They swim."), ("CategoryId", category))));
        Assert.All(both, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var id = await site.AskAsync(db => db.Articles.Select(a => a.Id).SingleAsync());

        foreach (var (handler, fields) in new (string, (string, string)[])[]
        {
            ("SendBack", [("reason", "Who says so?")]),
            ("Schedule", [("date", "2024-09-26"), ("time", "08:00")]),
            ("Publish", []),
            ("Update", [("change", "correction"), ("note", "It was Thursday."), ("Body", "It was Thursday.")]),
            ("Update", [("change", "update"), ("Body", "It was Thursday. It rained.")]),
            ("Unpublish", [("reason", "Taken back.")]),
        })
        {
            var form = await noor.OpenAsync(id);
            foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => noor.SendAsync(id, handler, form, fields))))
                Assert.Equal($"{handler} SeeOther", $"{handler} {answer.StatusCode}");
        }

        var article = await site.ArticleAsync(id);
        Assert.Equal(
            [ArticleAct.Written, ArticleAct.Submitted, ArticleAct.SentBack, ArticleAct.Scheduled, ArticleAct.Published, ArticleAct.Written, ArticleAct.Corrected, ArticleAct.Written, ArticleAct.Updated, ArticleAct.Withdrawn],
            article.Revisions.OrderBy(r => r.Id).Select(r => r.Act));
        Assert.Single(article.Corrections);
    }

    [Fact]
    public async Task Saving_what_was_not_changed_is_no_line_of_the_history()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots", ("Body", "One.\n\n*  two\n*  three  \n\n\tfour\n"), ("Tags", "Robots, AI"), ("TakeBy", "Noor Haddad"));
        var before = await site.ArticleAsync(id);

        await noor.PressAsync(id, "Save draft");

        var after = await site.ArticleAsync(id);
        Assert.Equal((before.Version, before.Body), (after.Version, after.Body));
        Assert.Single(after.Revisions);
    }

    [Fact]
    public async Task A_slip_leaves_the_date_an_update_and_a_correction_are_told()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");
        site.Clock.Advance(TimeSpan.FromHours(1));

        await noor.PressAsync(id, "Update", ("Body", "A slip mended."));
        Assert.Null((await site.ArticleAsync(id)).UpdatedAt);

        await noor.PressAsync(id, "Update", ("Body", "Something new."), ("change", "update"));
        Assert.Equal(site.Now, (await site.ArticleAsync(id)).UpdatedAt);

        using (var unsaid = await noor.PressAsync(id, "Update", ("change", "correction")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, unsaid.StatusCode);
            Assert.NotEmpty((await unsaid.PageAsync()).Mistake("note"));
        }

        await noor.PressAsync(id, "Update", ("change", "correction"), ("note", "They float, as they always did."));
        Assert.Contains("They float, as they always did.", await site.Reader.TextAsync("/2024/09/robots-learn-to-swim"));
    }

    [Fact]
    public async Task What_is_unpublished_answers_410_with_the_reason_and_keeps_its_date_when_it_comes_back()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");
        using (var unsaid = await noor.PressAsync(id, "Unpublish")) Assert.NotEmpty((await unsaid.PageAsync()).Mistake("reason"));

        await noor.PressAsync(id, "Unpublish", ("reason", "The source has taken its word back."));
        using var gone = await site.Reader.GetAsync("/2024/09/robots-learn-to-swim");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("The source has taken its word back.", await gone.Content.ReadAsStringAsync());

        site.Clock.Advance(TimeSpan.FromDays(10));
        await noor.PressAsync(id, "Publish");
        Assert.Equal(NewsSite.Opening, (await site.ArticleAsync(id)).PublishedAt);
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/2024/09/robots-learn-to-swim"));
    }

    [Fact]
    public async Task Publishing_is_refused_with_what_is_missing_beside_each_field_and_the_text_is_kept()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");

        using var answer = await noor.PressAsync(0, "Publish", ("Body", "See [there](article:4711)."), ("AuthorIds", ""), ("Take", "Indeed."), ("TakeBy", ""),
            ("PicturePath", "/img/art/pic-cable.svg"), ("PictureAlt", "pic-cable.svg"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var page = await answer.PageAsync();
        foreach (var field in new[] { "Headline", "Slug", "KeyPoints", "Body", "CategoryId", "AuthorIds", "TakeBy", "PictureAlt" })
        {
            Assert.NotEmpty(page.Mistake(field));
            var link = page.QuerySelectorAll("[role=alert] a").Single(a => a.TextContent == page.Mistake(field) || page.Mistake(field).StartsWith(a.TextContent, StringComparison.Ordinal));
            Assert.NotNull(page.QuerySelector(link.GetAttribute("href")!));
        }

        Assert.Equal("See [there](article:4711).", page.Value("Body"));
        Assert.Empty(await site.AskAsync(db => db.Articles.ToListAsync()));
    }

    [Theory]
    [InlineData("![](/img/art/pic-cable.svg)", "a text alternative for the picture pic-cable.svg in the body")]
    [InlineData("![pic-cable](/img/art/pic-cable.svg)", "not the file name of the picture pic-cable.svg")]
    [InlineData("<img src=\"/img/art/pic-cable.svg\">", "a text alternative for the picture pic-cable.svg in the body")]
    [InlineData("![A cable comes ashore](/img/art/pic-cable.svg)", "")]
    public async Task A_picture_in_the_body_goes_out_only_with_words_for_those_who_do_not_see_it(string body, string said)
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim", ("Body", body));

        using var answer = await noor.PressAsync(id, "Publish");

        Assert.Equal(said.Length == 0 ? HttpStatusCode.SeeOther : HttpStatusCode.BadRequest, answer.StatusCode);
        if (said.Length > 0) Assert.Contains(said, (await answer.PageAsync()).Mistake("Body"));
    }

    [Fact]
    public async Task What_is_scheduled_stays_complete()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Schedule", ("date", "2024-09-26"), ("time", "08:00"));

        using var answer = await noor.PressAsync(id, "Save draft", ("KeyPoints", ""));

        Assert.NotEmpty((await answer.PageAsync()).Mistake("KeyPoints"));
        Assert.Single((await site.ArticleAsync(id)).KeyPoints);
    }

    [Theory]
    [InlineData("2025-03-30", "02:30", "does not exist")]
    [InlineData("2025-10-26", "02:30", "comes twice")]
    [InlineData("2024-09-25", "11:29", "past")]
    [InlineData("", "08:00", "date")]
    [InlineData("2024-13-40", "08:00", "date")]
    [InlineData("2024-09-26", "late", "time")]
    public async Task A_time_that_is_past_skipped_or_struck_twice_is_asked_for_again(string date, string time, string said)
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Site:TimeZone=Europe/Paris");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");

        using var answer = await noor.PressAsync(await noor.BeginAsync("Robots"), "Schedule", ("date", date), ("time", time));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(said, (await answer.PageAsync()).Mistake("date"));
    }

    [Fact]
    public async Task A_time_is_the_sites_and_stands_there_in_UTC_too()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Site:TimeZone=Europe/Paris");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots");

        await noor.PressAsync(id, "Schedule", ("date", "2024-12-01"), ("time", "08:00"));

        Assert.Equal(new DateTime(2024, 12, 1, 7, 0, 0, DateTimeKind.Utc), (await site.ArticleAsync(id)).ScheduledFor);
        var page = await noor.ReadAsync(Editing.AddressOf(id));
        Assert.Equal(("2024-12-01", "08:00"), (page.Value("date"), page.Value("time")));
        Assert.Contains("2024-12-01 07:00 UTC", page.GetElementById("when-hint")!.TextContent);
    }

    [Fact]
    public async Task The_slug_follows_the_headline_until_it_is_typed()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim");

        await ines.PressAsync(id, "Save draft", ("Headline", "Robots learn to dive"));
        Assert.Equal("robots-learn-to-dive", (await site.ArticleAsync(id)).Slug);

        await ines.PressAsync(id, "Save draft", ("Slug", "Diving Robots!"));
        await ines.PressAsync(id, "Save draft", ("Headline", "Robots learn to sink"));
        Assert.Equal("diving-robots", (await site.ArticleAsync(id)).Slug);
    }

    [Fact]
    public async Task Key_points_are_ordered_by_plain_buttons_with_the_text_kept()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var form = (await ines.OpenAsync(0)).Where(f => f.Key != "KeyPoints").Append(new("KeyPoints", "One")).Append(new("KeyPoints", "Two")).Append(new("KeyPoints", "Three")).ToList();

        await Expect("up-1", ["Two", "One", "Three"]);
        await Expect("down-1", ["One", "Three", "Two"]);
        await Expect("remove-0", ["Two", "Three"]);
        await Expect("add", ["One", "Two", "Three", ""]);
        await Expect("up-99", ["One", "Two", "Three"]);
        await Expect("nonsense", ["One", "Two", "Three"]);
        Assert.Empty(await site.AskAsync(db => db.Articles.ToListAsync()));

        async Task Expect(string press, string[] points)
        {
            using var answer = await ines.SendAsync(0, "Points", form, ("do", press), ("Headline", "Not saved yet"));
            var page = await answer.PageAsync();
            Assert.Equal(points, Colleague.Filled(Editing.Form(page)).Where(f => f.Key == "KeyPoints").Select(f => f.Value));
            Assert.Equal("Not saved yet", page.Value("Headline"));
        }
    }

    [Fact]
    public async Task An_editor_page_costs_few_queries_however_long_the_history()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots");
        await noor.GetAsync(Editing.AddressOf(id));
        var young = await site.Queries.OfAsync(() => noor.GetAsync(Editing.AddressOf(id)));
        for (var i = 0; i < 12; i++) await noor.PressAsync(id, "Save draft", ("Body", $"Version {i}."));

        var old = await site.Queries.OfAsync(() => noor.GetAsync(Editing.AddressOf(id)));

        Assert.Equal(young.Count, old.Count);
        Assert.InRange(old.Count, 1, 12);
        foreach (var query in old)
            Assert.DoesNotContain(await QueryPlan.ScansAsync(site.Connection, query), t => t is "Articles" or "Revisions" or "WorkingCopies" or "Presences");
    }
}
