using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Comments;

/// <summary>The editors' desk for comments.</summary>
public class ModerationTests
{
    private const string Desk = "/newsroom/comments";

    [Theory, EachStore]
    public async Task Each_pile_shows_what_is_in_it_and_a_decision_moves_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        foreach (var state in Enum.GetValues<CommentState>()) await site.CommentAsync(article, state, $"It is {state}.");

        Assert.Equal(["Pending 1", "Reported 0", "Approved 1", "Rejected 1", "Spam 1"], Piles(await noor.ReadAsync(Desk)));
        foreach (var (pile, words) in new[] { ("", "It is Pending."), ("?queue=approved", "It is Approved."), ("?queue=rejected", "It is Rejected."), ("?queue=spam", "It is Spam.") })
            Assert.Equal([words], Words(await noor.ReadAsync(Desk + pile)));

        using var approved = await noor.PostAsync(Desk, [], "Approve");
        Assert.Equal(HttpStatusCode.SeeOther, approved.StatusCode);
        var page = await noor.ReadAsync(Desk);
        Assert.Contains("Approved: 1 comment.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing waits.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("It is Pending.", await site.Reader.TextAsync(NewsSite.AddressOf(article)), StringComparison.Ordinal);
        var decision = await site.AskAsync(db => db.CommentDecisions.AsNoTracking().OrderBy(d => d.Id).LastAsync());
        Assert.Equal((CommentState.Pending, CommentState.Approved, "Noor Haddad", site.Now), (decision.From, decision.To, decision.By, decision.At));
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Comment"), e => e.Act == "Approved" && e.By == "Noor Haddad");
    }

    [Theory, EachStore]
    public async Task A_rejection_keeps_its_reason_and_is_undone_within_ten_minutes_and_not_after(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Pending);

        await noor.PostAsync(Desk, new() { [$"reason-{comment.Id}"] = "It names a private person." }, "Reject");
        Assert.Equal((CommentState.Rejected, "It names a private person."), await StateAsync(site, comment));
        using var undone = await noor.PostAsync(Desk, [], "Undo");
        Assert.Equal(HttpStatusCode.SeeOther, undone.StatusCode);
        Assert.Equal((CommentState.Pending, ""), await StateAsync(site, comment));
        Assert.Contains("Undone.", (await noor.ReadAsync(Desk)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await noor.PostAsync(Desk, [], "Spam");
        var undo = (await noor.ReadAsync(Desk)).QuerySelectorAll("button").Single(b => b.TextContent == "Undo").GetAttribute("value")!;
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        await noor.PostAsync(Desk, new() { ["act"] = undo });
        Assert.Equal(CommentState.Spam, (await StateAsync(site, comment)).State);
        Assert.Contains("can no longer be undone", (await noor.ReadAsync(Desk)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Two_editors_never_contradict_each_other_unknowingly(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var emil = await Colleague.ArriveAsync(site, Role.Editor, "Emil Sand");
        var comment = await site.CommentAsync(await site.PublishAsync("Robots learn to swim"), CommentState.Pending);
        var seen = (await noor.ReadAsync(Desk)).QuerySelectorAll("button").Single(b => b.TextContent == "Approve").GetAttribute("value")!;

        await emil.PostAsync(Desk, new() { [$"reason-{comment.Id}"] = "It is rude." }, "Reject");
        await noor.PostAsync(Desk, new() { ["act"] = seen }, on: Desk + "?queue=rejected");

        Assert.Equal(CommentState.Rejected, (await StateAsync(site, comment)).State);
        var alert = (await noor.ReadAsync(Desk)).QuerySelector("[role=alert]")!.TextContent;
        Assert.Contains("Emil Sand has meanwhile decided on the comment of Ada Reader: rejected (It is rude.).", alert, StringComparison.Ordinal);

        using var conflict = await noor.PostAsync($"{Desk}/{comment.Id}", new() { ["version"] = "0" }, "Approve");
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("Emil Sand", await conflict.BodyAsync(), StringComparison.Ordinal);
        Assert.Equal(CommentState.Rejected, (await StateAsync(site, comment)).State);
    }

    [Theory, EachStore]
    public async Task What_a_reader_does_at_the_very_moment_of_an_act_fails_no_editor(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Approved);
        await noor.PostAsync($"{Desk}?queue=approved", [], "Spam");
        var undo = (await noor.ReadAsync(Desk)).QuerySelectorAll("button").Single(b => b.TextContent == "Undo").GetAttribute("value")!;

        site.Queries.InterruptAfter(sql => sql.Contains("MAX(", StringComparison.OrdinalIgnoreCase), TouchAsync);
        using var undone = await noor.PostAsync(Desk, new() { ["act"] = undo });
        Assert.Equal((HttpStatusCode.SeeOther, CommentState.Approved), (undone.StatusCode, (await StateAsync(site, comment)).State));

        var page = $"{Desk}/{comment.Id}";
        var form = await noor.ReadAsync(page);
        site.Queries.InterruptAfter(sql => sql.Contains("\"CommentReports\"", StringComparison.Ordinal), TouchAsync);
        var typed = Colleague.Filled(form.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => f.Method == "post"));
        using var conflict = await noor.Http.PostAsync(page, new FormUrlEncodedContent([.. typed, new("act", "feature")]));
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Contains("at this moment", Reading.Parse(await conflict.BodyAsync()).QuerySelector("[role=alert]")!.TextContent, StringComparison.Ordinal);
        Assert.False((await site.LastCommentAsync()).IsFeatured);

        Task TouchAsync() => site.EditAsync(async db => (await db.Comments.SingleAsync(c => c.Id == comment.Id)).ReviseByEditor("Changed meanwhile.", site.Now));
    }

    [Theory, EachStore]
    public async Task All_that_are_alike_are_decided_in_one_act_and_undone_in_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        for (var i = 0; i < 30; i++) await site.CommentAsync(article, CommentState.Pending, $"Number {i}: look at https://boats.example/{i}");
        var honest = await site.CommentAsync(article, CommentState.Pending, "An honest word.");

        var page = await noor.ReadAsync(Desk);
        var more = page.QuerySelectorAll(".comment a").First(a => a.TextContent.Trim() == "29 more like this").GetAttribute("href")!;
        await noor.PostAsync(more, [], "Call all 30 alike spam");
        Assert.Equal((30, CommentState.Pending), ((await site.CommentsAsync()).Count(c => c.State == CommentState.Spam), (await StateAsync(site, honest)).State));
        await noor.PostAsync(Desk, [], "Undo");
        Assert.Equal(31, (await site.CommentsAsync()).Count(c => c.State == CommentState.Pending));

        await noor.PostAsync(Desk, new() { ["pick"] = $"{honest.Id}.{(await site.CommentsAsync()).Single(c => c.Id == honest.Id).Version}" }, "Approve chosen");
        Assert.Equal(CommentState.Approved, (await StateAsync(site, honest)).State);
    }

    [Theory, EachStore]
    public async Task The_desk_is_searched_filtered_sorted_and_paged(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (swim, sue) = (await site.PublishAsync("Robots learn to swim"), await site.PublishAsync("Robots learn to sue"));
        await site.EditAsync(db =>
        {
            for (var i = 0; i < 60; i++)
            {
                var comment = new Comment(i % 2 == 0 ? swim.Id : sue.Id, $"Reader {i}", $"r{i}@reader.example", $"Word {i} of many", site.Now.AddDays(-i));
                comment.Receive(new(CommentState.Pending, "", i / 100.0), $"192.0.2.{i}", site.Now);
                db.Add(comment);
            }

            return Task.CompletedTask;
        });

        Assert.Equal(25, Words(await noor.ReadAsync(Desk)).Count);
        Assert.Equal(10, Words(await noor.ReadAsync(Desk + "?page=3")).Count);
        Assert.Equal(["Word 7 of many"], Words(await noor.ReadAsync(Desk + "?q=R7@reader.example")));
        Assert.Equal(["Word 9 of many"], Words(await noor.ReadAsync(Desk + "?q=192.0.2.9")));
        Assert.Equal(["Word 12 of many"], Words(await noor.ReadAsync(Desk + "?q=WORD+12")));
        Assert.Equal("Word 59 of many", Words(await noor.ReadAsync(Desk + "?order=score"))[0]);
        Assert.Equal(5, Words(await noor.ReadAsync(Desk + "?score=55")).Count);
        Assert.Equal(25, Words(await noor.ReadAsync($"{Desk}?article={swim.Id}")).Count);
        Assert.Equal(["Word 0 of many", "Word 1 of many", "Word 2 of many"], Words(await noor.ReadAsync($"{Desk}?from={site.Now.AddDays(-2):yyyy-MM-dd}")));
        Assert.Contains("A number from 0 to 100.", (await noor.ReadAsync(Desk + "?score=many")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Nothing in this pile matches.", (await noor.ReadAsync(Desk + "?q=zzqq")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        foreach (var odd in new[] { "?queue=99", "?page=-1", "?page=999999", "?like=1", "?article=x", "?q=%25_'", "?from=never", "?order=7" }) await noor.ReadAsync(Desk + odd);

        var (few, many) = (await CountAsync(Desk + "?q=r7@reader.example"), await CountAsync(Desk));
        Assert.Equal(few, many);

        async Task<int> CountAsync(string address) => (await site.Queries.OfAsync(() => noor.GetAsync(address))).Count;
    }

    [Theory, EachStore]
    public async Task Whatever_came_from_a_network_is_found_by_it_and_a_network_that_is_none_is_named(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        foreach (var address in new[] { "192.0.2.7", "192.0.2.255", "192.0.3.0", "192.0.1.255", "2001:db8:1::5", "2001:db8:2::5", "::1", "" })
            await site.EditAsync(db =>
            {
                var comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", $"from {address}", site.Now);
                comment.Receive(new(CommentState.Pending, ""), address, site.Now);
                db.Add(comment);
                return Task.CompletedTask;
            });

        foreach (var (typed, found) in new (string, string[])[]
        {
            ("192.0.2.0/24", ["192.0.2.7", "192.0.2.255"]),
            ("192.0.2.9/24", ["192.0.2.7", "192.0.2.255"]),
            ("192.0.2.0/23", ["192.0.2.7", "192.0.2.255", "192.0.3.0"]),
            ("192.0.2.7/32", ["192.0.2.7"]),
            ("0.0.0.0/0", ["192.0.2.7", "192.0.2.255", "192.0.3.0", "192.0.1.255"]),
            ("2001:DB8:1::/48", ["2001:db8:1::5"]),
            ("2001:db8::/32", ["2001:db8:1::5", "2001:db8:2::5"]),
            ("::/127", ["::1"]),
            ("::1", ["::1"]),
        })
        {
            var page = await noor.ReadAsync($"{Desk}?q={Uri.EscapeDataString(typed)}");
            Assert.Equal(found.Select(f => $"from {f}"), Words(page));
            Assert.Null(page.GetElementById("q-error"));
        }

        foreach (var wrong in new[] { "192.0.2.0/33", "300.0.0.0/8", "192.0.2/24", "192.0.2.0/", "192.0.2.0/x", "192.0.2.0/-1", "2001:db8::/129", "2001:::/32" })
        {
            var page = await noor.ReadAsync($"{Desk}?q={Uri.EscapeDataString(wrong)}");
            Assert.Contains("192.0.2.0/24", page.GetElementById("q-error")!.TextContent, StringComparison.Ordinal);
            Assert.Equal((wrong, "true"), (page.QuerySelector<IHtmlInputElement>("#q")!.Value, page.GetElementById("q")!.GetAttribute("aria-invalid")));
        }

        Assert.Null((await noor.ReadAsync(Desk + "?q=and/or")).GetElementById("q-error"));
        if (store == Store.Postgres) return;
        var asked = (await site.Queries.OfAsync(() => noor.GetAsync(Desk + "?q=192.0.2.0/24"))).Where(q => q.Sql.Contains("\"AddressKey\" >=", StringComparison.Ordinal)).ToList();
        Assert.Contains(await QueryPlan.StepsAsync(site.Connection, Assert.Single(asked)), step => step.Contains("IX_Comments_State_AddressKey", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task What_readers_report_comes_to_the_desk_with_their_reasons_and_is_settled_there(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Approved, "a rude word");
        await site.SendAsync($"{NewsSite.AddressOf(article)}/comments/{comment.Id}/report", new() { ["reason"] = "1", ["detail"] = "It is rude." });

        var page = await noor.ReadAsync(Desk + "?queue=reported");
        Assert.Contains("It insults or threatens somebody: It is rude.", page.QuerySelector(".reports")!.TextContent, StringComparison.Ordinal);
        await noor.PostAsync(Desk + "?queue=reported", [], "Approve");
        Assert.Empty(Words(await noor.ReadAsync(Desk + "?queue=reported")));
        Assert.Equal(CommentState.Approved, (await StateAsync(site, comment)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("&order=newest")]
    [InlineData("&order=score")]
    [InlineData("&q=rude")]
    [InlineData("&from=2024-01-01&score=0")]
    [InlineData("&like=1")]
    public async Task Among_however_many_comments_the_reported_are_found_by_an_index_of_their_own(string narrowed)
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        for (var i = 0; i < 3; i++)
        {
            var comment = await site.CommentAsync(article, CommentState.Approved, "a rude word");
            await site.SendAsync($"{NewsSite.AddressOf(article)}/comments/{comment.Id}/report", new() { ["reason"] = "1" });
        }

        var asked = (await site.Queries.OfAsync(() => noor.GetAsync($"{Desk}?queue=reported{narrowed}"))).Where(q => q.Sql.Contains("\"OpenReports\" > 0", StringComparison.Ordinal)).ToList();

        Assert.InRange(asked.Count, 2, 10);
        foreach (var query in asked)
        {
            var steps = (await QueryPlan.StepsAsync(site.Connection, query)).Where(step => step.Contains("Comments", StringComparison.Ordinal)).ToList();
            // Whoever asks for words goes by those of the reported.
            Assert.True(steps.Exists(step => step.Contains("IX_Comments_Reported", StringComparison.Ordinal) || step.Contains("SearchComments VIRTUAL TABLE", StringComparison.Ordinal)) && !steps.Exists(step => step.Contains("IX_Comments_State", StringComparison.Ordinal)), $"{string.Join('\n', steps)}\n{query.Sql}");
        }
    }

    [Theory, EachStore]
    public async Task An_editor_answers_features_and_changes_words_and_readers_see_that_she_did(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Approved, "A sond observation.");
        var address = $"{Desk}/{comment.Id}";

        await noor.PostAsync(address, new() { ["answer"] = "Thank you, we look into it." }, "Publish answer");
        await noor.PostAsync(address, [], "Feature");
        await noor.PostAsync(address, new() { ["body"] = "A sound observation." }, "Save its words");
        var page = await site.Reader.PageAsync(NewsSite.AddressOf(article));
        var shown = page.GetElementById($"comment-{comment.Id}")!;
        Assert.Contains("A sound observation.", shown.TextContent, StringComparison.Ordinal);
        Assert.Contains("edited by an editor", shown.TextContent, StringComparison.Ordinal);
        Assert.Contains("Featured", shown.TextContent, StringComparison.Ordinal);
        var answer = page.QuerySelectorAll(".thread ol article").Single();
        Assert.Contains("BTW", answer.QuerySelector(".chip")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Thank you, we look into it.", answer.TextContent, StringComparison.Ordinal);
        Assert.Contains("Noor Haddad", answer.TextContent, StringComparison.Ordinal);

        using var empty = await noor.PostAsync(address, new() { ["answer"] = " " }, "Publish answer");
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Comment"), e => e.Act == "Edited");
    }

    [Theory, EachStore]
    public async Task An_editor_without_a_byline_answers_under_her_own_name_and_as_the_paper(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var name = "Noor " + new string('H', Comment.NameLength);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await site.EditAsync(async db =>
        {
            var account = await db.Accounts.SingleAsync(a => a.Id == noor.Account.Id);
            account.SignAs(null);
            account.Call(name);
        });
        var article = await site.PublishAsync("Robots learn to swim");
        var comment = await site.CommentAsync(article, CommentState.Approved, "Who taught them?");

        using var answered = await noor.PostAsync($"{Desk}/{comment.Id}", new() { ["answer"] = "They taught themselves." }, "Publish answer");

        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        var answer = (await site.Reader.PageAsync(NewsSite.AddressOf(article))).QuerySelectorAll(".thread ol article").Single();
        Assert.Contains("They taught themselves.", answer.TextContent, StringComparison.Ordinal);
        Assert.Contains("Noor HHH", answer.TextContent, StringComparison.Ordinal);
        Assert.Contains("BTW", answer.QuerySelector(".chip")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Noor HHH", (await noor.ReadAsync($"{Desk}/{comment.Id}")).GetElementById("answers")!.ParentElement!.TextContent, StringComparison.Ordinal);
        Assert.Contains("BTW", (await noor.ReadAsync(Desk + "?queue=approved&order=newest")).QuerySelector(".comment .chip")!.TextContent, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_ban_begins_at_the_comment_says_why_and_ends_by_hand(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.SaidAsync(article, "Buy my boat, it is cheap.");

        using var asked = await noor.PostAsync(Desk, [], "Ban");
        var form = asked.Headers.Location!.OriginalString;
        Assert.Equal("ada@reader.example", (await noor.ReadAsync(form)).QuerySelector<IHtmlInputElement>("#value")!.Value);
        using var without = await noor.PostAsync("/newsroom/comments/bans", new() { ["reason"] = "" }, "Ban", form);
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("ada@reader.example", await without.BodyAsync(), StringComparison.Ordinal);
        await noor.PostAsync("/newsroom/comments/bans", new() { ["reason"] = "It advertises." }, "Ban", form);
        using var banned = await site.SayAsync(article, "Buy my other boat.");
        Assert.Equal(HttpStatusCode.Forbidden, banned.StatusCode);
        foreach (var wrong in new[] { ("Network", "192.0.2.0/2"), ("Network", "x"), ("Address", "300.1.1.1"), ("Email", "nobody") })
        {
            using var refused = await noor.PostAsync("/newsroom/comments/bans", new() { ["kind"] = wrong.Item1, ["value"] = wrong.Item2, ["reason"] = "x" }, "Ban");
            Assert.Equal($"{wrong} BadRequest", $"{wrong} {refused.StatusCode}");
        }

        await noor.PostAsync("/newsroom/comments/bans", [], "End");
        using var again = await site.SayAsync(article, "I have sold the boat.");
        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
    }

    [Theory, EachStore]
    public async Task A_rule_is_rehearsed_over_what_was_said_before_it_is_switched_on(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "RateLimits:CommentsPerMinute=100", "Comments:LeastSeconds=0");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.KeepAsync(CommentPolicy.Open);
        await site.CommentAsync(article, CommentState.Spam, "A cheap boat for you");
        await site.CommentAsync(article, CommentState.Spam, "Cheap, cheaper, boat");
        await site.CommentAsync(article, CommentState.Approved, "Talk is cheap.");
        await site.CommentAsync(article, CommentState.Approved, "Nothing of the kind.");

        using var made = await noor.PostAsync("/newsroom/comments/rules", new() { ["kind"] = "Words", ["pattern"] = "cheap", ["outcome"] = "Spam" }, "Rehearse it");
        var address = made.Headers.Location!.OriginalString;
        var page = (await noor.ReadAsync(address)).QuerySelector("main")!.TextContent;
        Assert.Contains("it would have caught 3: 2 spam, 0 rejected, and 1 approved ones, wrongly", page, StringComparison.Ordinal);
        Assert.Contains("Talk is cheap.", page, StringComparison.Ordinal);
        await site.SaidAsync(article, "Still cheap, since it is only a rehearsal.");
        Assert.Equal(CommentState.Approved, (await site.LastCommentAsync()).State);

        await noor.PostAsync(address, [], "Switch on");
        await site.SaidAsync(article, "Cheap again, and now it counts.");
        Assert.Equal(CommentState.Spam, (await site.LastCommentAsync()).State);
        using var twice = await noor.PostAsync("/newsroom/comments/rules", new() { ["kind"] = "Words", ["pattern"] = "cheap" }, "Rehearse it");
        Assert.Contains("There is such a rule already.", await twice.BodyAsync(), StringComparison.Ordinal);
        await noor.PostAsync(address, [], "Remove rule");
        Assert.Equal(0, await site.AskAsync(db => db.CommentRules.CountAsync()));
    }

    [Theory, EachStore]
    public async Task Policy_and_thresholds_are_set_rehearsed_and_checked(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Comments:LeastSeconds=0");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        const string settings = "/newsroom/comments/settings";

        using var wrong = await noor.PostAsync(settings, new() { ["closes"] = "-1", ["depth"] = "99", ["holdAt"] = "90", ["spamAt"] = "10" }, "Save settings");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        Assert.Equal(2, Reading.Parse(await wrong.BodyAsync()).QuerySelectorAll(".error").Length);
        await noor.PostAsync(settings, new() { ["policy"] = "Open", ["holdAt"] = "60" }, "Save settings");
        var kept = await site.AskAsync(db => db.CommentSettings.SingleAsync());
        Assert.Equal((CommentPolicy.Open, 60, 98), (kept.Policy, kept.HoldAt, kept.SpamAt));
        await site.SaidAsync(article, "An honest observation about robots that swim.");
        Assert.Equal(CommentState.Approved, (await site.LastCommentAsync()).State);
        await site.SaidAsync(article, "Best online casino, free spins bonus https://lucky.example https://win.example", "Casino", "c@x.example");
        var spam = await site.LastCommentAsync();
        Assert.Contains(spam.State, new[] { CommentState.Pending, CommentState.Spam });
        Assert.StartsWith("looks like spam", spam.Because, StringComparison.Ordinal);
        using var rehearsed = await noor.PostAsync(settings, new() { ["holdAt"] = "1" }, "Rehearse");
        Assert.Contains("it would have caught", await rehearsed.BodyAsync(), StringComparison.Ordinal);
        Assert.Equal(60, (await site.AskAsync(db => db.CommentSettings.AsNoTracking().SingleAsync())).HoldAt);
        Assert.Contains("What the scorer sees in it", (await noor.ReadAsync($"{Desk}/{spam.Id}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        await noor.PostAsync($"{Desk}/articles/{article.Id}", new() { ["policy"] = "Off" }, "Save");
        using var off = await site.SayAsync(article, "Once more.");
        Assert.Equal(HttpStatusCode.Conflict, off.StatusCode);
        await noor.PostAsync($"{Desk}/articles/{article.Id}", new() { ["policy"] = "" }, "Save");
        using var on = await site.SayAsync(article, "Once more.");
        Assert.Equal(HttpStatusCode.SeeOther, on.StatusCode);
    }

    [Theory, EachStore]
    public async Task The_scorer_learns_from_what_was_decided_here_and_looks_at_the_waiting_again(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        for (var i = 0; i < 12; i++) await site.CommentAsync(article, CommentState.Pending, $"Our choir sings in the harbour church, evening {i}.");
        var pick = string.Join('&', (await site.CommentsAsync()).Take(11).Select(c => $"{c.Id}.{c.Version}"));
        foreach (var one in pick.Split('&')) await noor.PostAsync(Desk, new() { ["pick"] = one }, "Call chosen spam");
        var learning = site.Services.GetRequiredService<SpamLearning>();

        await learning.LearnAsync();
        Assert.Equal(0, await site.AskAsync(db => db.SpamTrainings.CountAsync()));
        await learning.RescoreAsync();
        var before = (await site.LastCommentAsync()).SpamScore!.Value;
        site.Clock.Advance(TimeSpan.FromMinutes(11));
        await learning.LearnAsync();
        Assert.Equal(11, (await site.AskAsync(db => db.SpamTrainings.SingleAsync())).Decisions);
        Assert.True((await site.LastCommentAsync()).SpamScore > Math.Max(before, .5), $"{before} {(await site.LastCommentAsync()).SpamScore}");

        await using var other = await site.OpenAgainAsync(TimeSpan.Zero);
        var settings = await site.AskAsync(db => db.CommentSettings.AsNoTracking().SingleAsync());
        Assert.True(await other.Services.GetRequiredService<SpamLearning>().ScoreAsync(settings, "Choir", "Our choir sings in the harbour church tonight.", "", default) > .5);
        settings.Score(false, 50, 98);
        Assert.Null(await other.Services.GetRequiredService<SpamLearning>().ScoreAsync(settings, "Choir", "Our choir", "", default));
    }

    [Theory, EachStore]
    public async Task The_settings_say_how_many_readers_the_scorer_would_have_held_by_mistake(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var article = await site.PublishAsync("Robots learn to swim");
        foreach (var (score, to) in new[] { (.9, CommentState.Approved), (.1, CommentState.Approved), (.2, CommentState.Approved), (.3, CommentState.Approved), (.8, CommentState.Spam), (.2, CommentState.Spam) })
            await site.EditAsync(db =>
            {
                var comment = new Comment(article.Id, "Ada Reader", "ada@reader.example", $"Likely to {score}.", site.Now);
                comment.Receive(new(CommentState.Pending, "", score), "192.0.2.1", site.Now);
                comment.Decide(to, new Core.Audit.Actor(noor.Account.Id, "Noor Haddad", ""), site.Now);
                db.Add(comment);
                return Task.CompletedTask;
            });

        var told = (await noor.ReadAsync("/newsroom/comments/settings")).QuerySelector(".legend")!.TextContent;
        Assert.Contains("Readers held by mistake25.0 % (1 of 4)", told, StringComparison.Ordinal);
        Assert.Contains("Spam caught50.0 % (1 of 2)", told, StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_letter_tells_editors_who_want_it_what_waits_and_never_of_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var keeping = site.Services.GetRequiredService<DiscussionKeeping>();
        await noor.PostAsync("/account", new() { ["digest"] = "Hourly" });

        await keeping.DigestAsync();
        Assert.Equal(0, await WrittenAsync());
        await site.CommentAsync(await site.PublishAsync("Robots learn to swim"), CommentState.Pending);
        await keeping.DigestAsync();
        var letter = (await site.LettersAsync()).Single();
        Assert.Equal(noor.Account.Email, letter.To);
        Assert.Contains("1 comment waits for an editor.", letter.Text, StringComparison.Ordinal);
        await keeping.DigestAsync();
        Assert.Equal(1, await WrittenAsync());

        Task<int> WrittenAsync() => site.AskAsync(db => db.OutgoingMails.CountAsync(m => m.To == noor.Account.Email));
    }

    [Theory, EachStore]
    public async Task Two_machines_write_one_letter_of_what_waits(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        await noor.PostAsync("/account", new() { ["digest"] = "Hourly" });
        await site.CommentAsync(await site.PublishAsync("Robots learn to swim"), CommentState.Pending);
        await using var other = await site.OpenAgainAsync(TimeSpan.Zero);

        for (var hour = 1; hour <= 2; hour++)
        {
            // The other is done when this one has seen that a letter is due, and not yet that somebody has written it.
            site.Queries.InterruptAfter(sql => sql.Contains("\"OpenReports\"", StringComparison.Ordinal), () => other.Services.GetRequiredService<DiscussionKeeping>().DigestAsync());
            await site.Services.GetRequiredService<DiscussionKeeping>().DigestAsync();
            Assert.Equal(hour, await site.AskAsync(db => db.OutgoingMails.CountAsync(m => m.To == noor.Account.Email)));
            await site.AskAsync(db => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.DigestAt, site.Now.AddHours(-1))));
        }
    }

    private static IEnumerable<string> Piles(IDocument page) => page.QuerySelectorAll(".views a").Select(a => string.Join(' ', a.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static List<string> Words(IDocument page) => [.. page.QuerySelectorAll(".comment .words").Select(w => w.TextContent.Trim())];

    private static async Task<(CommentState State, string Because)> StateAsync(NewsSite site, Comment comment) =>
        (await site.CommentsAsync()).Where(c => c.Id == comment.Id).Select(c => (c.State, c.Because)).Single();
}
