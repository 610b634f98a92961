using System.Net;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Comments;
using BlueTechWave.Web.Tests.Newsroom;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>What cannot be saved is refused honestly, and given back to whoever wrote it.</summary>
public class NotSavedTests
{
    public enum Kind
    {
        Away,
        Locked,
        Full,
    }

    // Long enough to need room of its own.
    private static readonly string Words = string.Concat(Enumerable.Range(0, 200).Select(i => $"I stood at the harbour {i} times. ")).Trim()[..4_900];

    public static TheoryData<Kind, Store> Mishaps
    {
        get
        {
            var all = new TheoryData<Kind, Store>();
            foreach (var kind in Enum.GetValues<Kind>())
            {
                all.Add(new TheoryDataRow<Kind, Store>(kind, Store.Sqlite));
                all.Add(new TheoryDataRow<Kind, Store>(kind, Store.Postgres) { Skip = Postgres.WhyNot });
            }

            return all;
        }
    }

    [Theory, MemberData(nameof(Mishaps))]
    public async Task A_comment_comes_back_whole_and_is_there_once_it_is_sent_again(Kind kind, Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        var article = await first.PublishAsync("Robots learn to swim");
        await using var site = await Mishap.OpenAsync(first, "Comments:LeastSeconds=0");
        _ = await site.Reader.TextAsync(NewsSite.AddressOf(article));
        Dictionary<string, string> typed = new() { ["name"] = "Ada Reader", ["email"] = "ada@reader.example", ["body"] = Words, ["stamp"] = await site.StampAsync(article), ["parent"] = "0" };

        Dictionary<string, string> again;
        await using (await HappenAsync(kind, site, "Comments"))
        {
            using var answer = await site.SendAsync(NewsSite.AddressOf(article) + "/comments", typed);
            var page = await RefusedAsync(answer, kind);
            var form = Reading.Form(page);
            Assert.Equal(NewsSite.AddressOf(article) + "/comments", form.GetAttribute("action"));
            Assert.Equal(Words, ((IHtmlTextAreaElement)form.QuerySelector("textarea[name=body]")!).Value);
            Assert.Equal("Send it again", form.QuerySelector("button")!.TextContent);
            again = Colleague.Filled(form).ToDictionary();
        }

        Assert.Equal(0, await site.AskAsync(db => db.Comments.CountAsync()));
        using var taken = await site.SendAsync(NewsSite.AddressOf(article) + "/comments", again);
        Assert.Equal(HttpStatusCode.SeeOther, taken.StatusCode);
        var comment = await site.AskAsync(db => db.Comments.AsNoTracking().SingleAsync());
        Assert.Equal(("Ada Reader", "ada@reader.example", Words), (comment.Name, comment.Email, comment.Body));
    }

    [Theory, MemberData(nameof(Mishaps))]
    public async Task An_article_that_could_not_be_saved_comes_back_and_is_saved_by_the_same_button(Kind kind, Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        await using var site = await Mishap.OpenAsync(first);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        noor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var id = await noor.BeginAsync("Cable cut");
        var typed = await noor.OpenAsync(id);

        List<KeyValuePair<string, string>> again;
        string action;
        await using (await HappenAsync(kind, site, "Articles"))
        {
            using var answer = await noor.SendAsync(id, "Save", typed, ("Body", Words));
            var form = Reading.Form(await RefusedAsync(answer, kind));
            action = form.GetAttribute("action")!;
            again = [.. Colleague.Filled(form)];
            Assert.Equal(typed.Select(f => f.Key).Order(), again.Select(f => f.Key).Order());
        }

        Assert.NotEqual(Words, (await site.ArticleAsync(id)).Body);
        using var saved = await noor.Http.PostAsync(action, new FormUrlEncodedContent(again));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        Assert.Equal(Words, (await site.ArticleAsync(id)).Body);
    }

    [Theory, MemberData(nameof(Mishaps))]
    public async Task The_editors_script_hears_that_nothing_was_saved_and_saves_it_later(Kind kind, Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        await using var site = await Mishap.OpenAsync(first);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Cable cut");
        var typed = await noor.OpenAsync(id);
        noor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Mode", "cors");

        await using (await HappenAsync(kind, site, "WorkingCopies"))
        {
            using var answer = await noor.SendAsync(id, "Autosave", typed, ("Body", Words), ("sequence", "1"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains(kind == Kind.Full ? "our disk is full" : "nothing can be saved", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        var said = await noor.AutosaveAsync(id, typed, ("Body", Words), ("sequence", "2"));
        Assert.True(said.GetProperty("kept").GetBoolean());
    }

    [Theory, EachStore]
    public async Task Who_could_not_be_let_in_types_her_password_again_and_nothing_else(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = Colleague.AtTheDoor(site, await Colleague.HireAsync(site, Role.Editor, "Noor Haddad"));
        noor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        var typed = Colleague.Filled(Reading.Form(await noor.ReadAsync("/account/login?returnUrl=/newsroom/articles"))).Where(f => f.Key is not ("email" or "password"))
            .Append(new("email", noor.Account.Email!)).Append(new("password", Colleague.Password)).ToList();

        IHtmlFormElement form;
        await using (await Mishap.TakeAwayAsync(site))
        {
            using var answer = await noor.Http.PostAsync("/account/login", new FormUrlEncodedContent(typed));
            Assert.DoesNotContain(Colleague.Password, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            form = Reading.Form(await RefusedAsync(answer, Kind.Away));
        }

        Assert.Equal("", ((IHtmlInputElement)form.QuerySelector("input[type=password][name=password]")!).Value);
        using var inside = await noor.Http.PostAsync(form.GetAttribute("action"), new FormUrlEncodedContent(Colleague.Filled(form).Select(f => f.Key == "password" ? new(f.Key, Colleague.Password) : f)));
        Assert.Equal("/newsroom/articles", inside.Headers.Location?.OriginalString);
    }

    [Theory, EachStore]
    public async Task What_another_site_has_written_is_not_given_back_to_be_sent(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await using var away = await Mishap.TakeAwayAsync(site);

        using var answer = await site.SendAsync("/account/login", new() { ["email"] = "mallory@elsewhere.example" }, from: "cross-site");

        Assert.DoesNotContain("mallory", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_picture_for_which_there_is_no_room_nothing_is_left()
    {
        if (Postgres.WhyNot is { } why) Assert.Skip(why);
        await using var site = await NewsSite.OpenAsync(Store.Postgres);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        noor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        await using (await Mishap.FillAsync(site, "Pictures"))
        {
            using var answer = await noor.BringAsync(("mast.jpg", Photograph.Jpeg(240, 160, 1)));
            var page = await RefusedAsync(answer, Kind.Full);
            Assert.Contains("chosen again", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }

        Assert.Empty(site.Files());
        using var brought = await noor.BringAsync(("mast.jpg", Photograph.Jpeg(240, 160, 1)));
        Assert.Equal(HttpStatusCode.SeeOther, brought.StatusCode);
    }

    private static Task<Mishap> HappenAsync(Kind kind, NewsSite site, string table) => kind switch
    {
        Kind.Away => Mishap.TakeAwayAsync(site),
        Kind.Locked => Mishap.LockAsync(site, table),
        _ => Mishap.FillAsync(site, table),
    };

    private static async Task<IHtmlDocument> RefusedAsync(HttpResponseMessage answer, Kind kind)
    {
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
        Assert.NotNull(answer.Headers.RetryAfter);
        var page = await answer.PageAsync();
        Assert.Equal(kind == Kind.Full ? "Not saved: there is no room left" : "Not saved yet", page.QuerySelector("h1")!.TextContent);
        return page;
    }
}
