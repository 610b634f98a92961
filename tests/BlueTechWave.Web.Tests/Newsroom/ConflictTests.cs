using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Two people on one article, over plain forms.</summary>
public class ConflictTests
{
    [Theory, EachStore]
    public async Task Changes_in_different_places_are_merged_and_it_is_said(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "First.\n\nMiddle.\n\nLast."), ("Tags", "Robots"));
        var form = await ines.OpenAsync(id);

        await noor.PressAsync(id, "Save draft", ("Body", "First, by Noor.\n\nMiddle.\n\nLast."), ("Tags", "Robots, Mexico"));
        using var answer = await ines.SendAsync(id, "Save", form, ("Body", "First.\n\nMiddle.\n\nLast, by Inês."), ("Summary", "They swim."));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var page = await ines.ReadAsync(Editing.AddressOf(id));
        Assert.Contains("Noor Haddad had saved meanwhile; the changes of both are in it.", page.QuerySelector(".said")!.TextContent);
        Assert.Equal(("First, by Noor.\n\nMiddle.\n\nLast, by Inês.", "Robots, Mexico", "They swim."), (page.Value("Body"), page.Value("Tags"), page.Value("Summary")));
    }

    [Theory, EachStore]
    public async Task A_true_overlap_answers_409_with_both_texts_and_nothing_is_overwritten(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "First.\n\nMiddle.\n\nLast."));
        var form = await ines.OpenAsync(id);
        await noor.PressAsync(id, "Save draft", ("Headline", "Robots swim at last"), ("Body", "First, by Noor.\n\nMiddle.\n\nLast, by Noor."));

        for (var press = 0; press < 2; press++)
        {
            using var answer = await ines.SendAsync(id, "Submit", form, ("Headline", "Robots dive"), ("Body", "First, by Inês.\n\nMiddle.\n\nLast."), ("Summary", "They dive."));
            Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            var page = await answer.PageAsync();
            var body = page.QuerySelector("[data-dispute='Body']")!;
            Assert.Equal("First, by Inês.\n\nMiddle.\n\nLast.", body.QuerySelector("[aria-label='Body, yours']")!.TextContent);
            Assert.Equal("First, by Noor.\n\nMiddle.\n\nLast, by Noor.", body.QuerySelector("[aria-label='Body, Noor Haddad’s']")!.TextContent);
            Assert.Equal(("Robots dive", "First, by Inês.\n\nMiddle.\n\nLast, by Noor.", "They dive."), (page.Value("Headline"), page.Value("Body"), page.Value("Summary")));
        }

        var article = await site.ArticleAsync(id);
        Assert.Equal(("Robots swim at last", "First, by Noor.\n\nMiddle.\n\nLast, by Noor.", ArticleStatus.Draft), (article.Headline, article.Body, article.Status));
        var branch = Assert.Single(article.Revisions, r => r.Act == ArticleAct.Branched);
        Assert.Equal(("Inês Prado", "First, by Inês.\n\nMiddle.\n\nLast."), (branch.By, branch.Text!.Body));
    }

    [Fact]
    public async Task From_the_conflict_one_goes_on_with_mine_with_theirs_or_with_a_combined_text()
    {
        await using var site = await NewsSite.OpenAsync();
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "First.\n\nMiddle.\n\nLast."), ("Take", "Good."), ("TakeBy", "Inês Prado"));
        var form = await ines.OpenAsync(id);
        await noor.PressAsync(id, "Save draft", ("Body", "First, by Noor.\n\nMiddle.\n\nLast, by Noor."), ("KeyPoints", "One, by Noor."), ("Take", "Bad."));
        using var answer = await ines.SendAsync(id, "Save", form, ("Body", "First, by Inês.\n\nMiddle.\n\nLast."), ("KeyPoints", "One, by Inês."), ("Take", "Fair."));
        var page = await answer.PageAsync();

        // Theirs for the body, mine for the key points, and a take that joins both.
        page = await UseAsync("theirs:Body");
        Assert.Equal("First, by Noor.\n\nMiddle.\n\nLast, by Noor.", page.Value("Body"));
        page = await UseAsync("mine:Body");
        Assert.Equal("First, by Inês.\n\nMiddle.\n\nLast, by Noor.", page.Value("Body"));
        page = await UseAsync("theirs:Body");
        page = await UseAsync("mine:KeyPoints");
        using var saved = await ines.SendAsync(id, "Save", Colleague.Filled(Editing.Form(page)), ("Take", "Fair, if not good."));
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);

        var article = await site.ArticleAsync(id);
        Assert.Equal(("First, by Noor.\n\nMiddle.\n\nLast, by Noor.", "One, by Inês.", "Fair, if not good."), (article.Body, article.KeyPoints[0], article.Take!.Text));

        async Task<AngleSharp.Html.Dom.IHtmlDocument> UseAsync(string which)
        {
            using var resolved = await ines.SendAsync(id, "Resolve", Colleague.Filled(Editing.Form(page)), ("use", which));
            return await resolved.PageAsync();
        }
    }

    [Theory, EachStore]
    public async Task Two_who_save_in_the_same_moment_both_get_in(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await ines.BeginAsync("Robots learn to swim");
        var (hers, mine) = (await noor.OpenAsync(id), await ines.OpenAsync(id));

        var both = await Task.WhenAll(noor.SendAsync(id, "Save", hers, ("Summary", "By Noor.")), ines.SendAsync(id, "Submit", mine, ("SocialTitle", "By Inês.")));

        Assert.All(both, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        var article = await site.ArticleAsync(id);
        Assert.Equal(("By Noor.", "By Inês.", ArticleStatus.InReview), (article.Summary, article.SocialTitle, article.Status));
    }

    [Fact]
    public async Task A_draft_published_meanwhile_is_not_changed_by_saving_a_draft()
    {
        await using var site = await NewsSite.OpenAsync();
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        var form = await noor.OpenAsync(id);
        await noor.PressAsync(id, "Publish");

        using var answer = await noor.SendAsync(id, "Save", form, ("Body", "Not meant for readers yet."));

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.PageAsync();
        Assert.Equal("Not meant for readers yet.", page.Value("Body"));
        Assert.Contains("Update", page.Buttons());
        Assert.DoesNotContain("Not meant", (await site.ArticleAsync(id)).Body);
    }
}
