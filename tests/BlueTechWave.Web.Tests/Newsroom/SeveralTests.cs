using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

/// <summary>Searches that are kept, and acts on several articles at once.</summary>
public class SeveralTests
{
    private const string List = "/newsroom/articles";

    [Theory, EachStore]
    public async Task A_search_is_kept_under_a_name_found_again_and_dropped(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        using var emil = await Colleague.ArriveAsync(site, Role.Editor, "Emil Sand");
        await site.WriteAsync(noor, "Robots learn to swim");
        await site.WriteAsync(noor, "Whales learn to code");
        const string search = List + "?status=draft&q=robots";

        using var nameless = await noor.PostAsync(search, new() { ["name"] = " " }, "Keep search");
        Assert.Equal(HttpStatusCode.BadRequest, nameless.StatusCode);
        Assert.Contains("Please give it a name.", await nameless.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var kept = await noor.PostAsync(search, new() { ["name"] = "Robots under way" }, "Keep search");
        Assert.Equal(search, kept.Headers.Location!.OriginalString);
        var link = (await noor.ReadAsync(List)).QuerySelectorAll(".kept a").Single();
        Assert.Equal(["Robots learn to swim"], (await noor.ReadAsync(link.GetAttribute("href")!)).Rows());
        Assert.Empty((await emil.ReadAsync(List)).QuerySelectorAll(".kept a"));

        var form = (await emil.ReadAsync(List)).QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => f.Method == "post");
        using var others = await emil.Http.PostAsync(List + "?handler=Drop", new FormUrlEncodedContent([.. Colleague.Filled(form), new("id", $"{await site.AskAsync(db => db.SavedViews.Select(v => v.Id).SingleAsync())}")]));
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        await noor.PostAsync(search, [], "Do not keep it");
        Assert.Empty((await noor.ReadAsync(List)).QuerySelectorAll(".kept a"));
    }

    [Theory, EachStore]
    public async Task What_it_would_do_to_each_is_said_before_it_is_done_and_what_it_did_after(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var ready = await site.WriteAsync(noor, "Robots learn to swim");
        var lacking = await site.WriteAsync(noor, "Whales learn to code", a => a.Write(new(a.Headline, [], a.Body), site.Now));
        var embargoed = await site.WriteAsync(noor, "Cables learn to wait", a => a.Embargo(site.Now.AddDays(1), site.Now));
        var there = await site.WriteAsync(noor, "Ferries learn to sail", a => a.Publish(site.Now, TimeZoneInfo.Utc));

        var page = await noor.ReadAsync(await ChooseAsync(site, SeveralAct.Publish, ready, lacking, embargoed, there));
        Assert.Contains("1 article will change, 3 will be left alone.", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        var left = page.GetElementById("not")!.ParentElement!.TextContent;
        foreach (var why in new[] { "It lacks a key point.", "It is under embargo.", "It is published." }) Assert.Contains(why, left, StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Draft, await site.StatusAsync(ready));

        using var done = await noor.PostAsync(await ChooseAsync(site, SeveralAct.Publish, ready, lacking, embargoed, there), [], "Publish: 1 article");
        Assert.Contains("Done: 1 article.", await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal([ArticleStatus.Published, ArticleStatus.Draft, ArticleStatus.Draft], [await site.StatusAsync(ready), await site.StatusAsync(lacking), await site.StatusAsync(embargoed)]);
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Article"), e => e.Act == "Published" && e.Name == "Robots learn to swim" && e.By == "Noor Haddad");
    }

    [Theory, EachStore]
    public async Task What_somebody_has_changed_since_is_left_alone_and_named(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (first, second) = (await site.WriteAsync(noor, "Robots learn to swim"), await site.WriteAsync(noor, "Whales learn to code"));
        var chosen = await ChooseAsync(site, SeveralAct.Discard, first, second);
        var form = (await noor.ReadAsync(chosen)).QuerySelectorAll("main form").OfType<IHtmlFormElement>().Single();
        await site.EditAsync(async db => (await db.Articles.Whole().SingleAsync(a => a.Id == second)).Write(new("Whales learn to code well", ["They do."], "Still."), site.Now));

        using var answer = await noor.Http.PostAsync("/newsroom/articles/several", new FormUrlEncodedContent(Colleague.Filled(form)));
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Somebody has changed it meanwhile", said, StringComparison.Ordinal);
        Assert.Equal([ArticleStatus.Trashed, ArticleStatus.Draft], [await site.StatusAsync(first), await site.StatusAsync(second)]);
    }

    [Theory, EachStore]
    public async Task Tags_categories_reasons_and_the_trash_for_many(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        int[] all = [await site.WriteAsync(noor, "Robots learn to swim"), await site.WriteAsync(noor, "Whales learn to code"), await site.WriteAsync(noor, "Cables learn to wait")];

        await DoAsync(SeveralAct.AddTag, ("tag", "Deep Water"));
        Assert.Equal(3, await site.AskAsync(db => db.Articles.CountAsync(a => a.Tags.Any(t => t.Tag.Slug == "deep-water"))));
        await DoAsync(SeveralAct.RemoveTag, ("tag", "deep water"));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => a.Tags.Any(t => t.Tag.Slug == "deep-water"))));
        var fintech = await site.AskAsync(db => db.Categories.Where(c => c.Slug == "fintech").Select(c => c.Id).SingleAsync());
        await DoAsync(SeveralAct.FileUnder, ("category", $"{fintech}"));
        Assert.Equal(3, await site.AskAsync(db => db.Articles.CountAsync(a => a.CategoryId == fintech)));
        await DoAsync(SeveralAct.Submit);
        await DoAsync(SeveralAct.SendBack, ("reason", "Please add sources."));
        Assert.Equal(3, await site.AskAsync(db => db.Articles.CountAsync(a => a.ReviewNote == "Please add sources.")));
        await DoAsync(SeveralAct.Publish);
        using var without = await noor.PostAsync(await ChooseAsync(site, SeveralAct.Unpublish, all), [], "Unpublish: 3 articles");
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        await DoAsync(SeveralAct.Unpublish, ("reason", "It was about whales."));
        await DoAsync(SeveralAct.Discard);
        await DoAsync(SeveralAct.BringBack);
        Assert.All(await Task.WhenAll(all.Select(site.StatusAsync)), status => Assert.Equal(ArticleStatus.Withdrawn, status));

        async Task DoAsync(SeveralAct act, params (string Field, string Value)[] fields)
        {
            var address = await ChooseAsync(site, act, all);
            var form = (await noor.ReadAsync(address)).QuerySelectorAll("main form").OfType<IHtmlFormElement>().Single();
            using var answer = await noor.Http.PostAsync("/newsroom/articles/several", new FormUrlEncodedContent(
                Colleague.Filled(form).Where(f => fields.All(x => x.Field != f.Key)).Concat(fields.Select(f => new KeyValuePair<string, string>(f.Field, f.Value)))));
            Assert.Contains("Done: 3 articles.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_reporter_does_to_many_only_what_she_may_do_to_one(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var (own, others) = (await site.WriteAsync(ines, "Robots learn to swim"), await site.WriteAsync(noor, "A secret plan"));

        var offered = (await ines.ReadAsync(List)).QuerySelectorAll("select[name=act] option").Select(o => o.TextContent);
        Assert.DoesNotContain("Publish", offered);
        var page = await ines.ReadAsync(await ChooseAsync(site, SeveralAct.Publish, own, others));
        Assert.DoesNotContain("A secret plan", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("You may not.", page.Body.TextContent, StringComparison.Ordinal);
        using var forced = await ines.PostAsync(await ChooseAsync(site, SeveralAct.Discard, own), new() { ["act"] = "Publish" }, on: await ChooseAsync(site, SeveralAct.Discard, own));
        Assert.Equal(HttpStatusCode.BadRequest, forced.StatusCode);
        Assert.Equal([ArticleStatus.Draft, ArticleStatus.Draft], [await site.StatusAsync(own), await site.StatusAsync(others)]);
    }

    private static async Task<string> ChooseAsync(NewsSite site, SeveralAct act, params int[] articles)
    {
        var versions = await site.AskAsync(db => db.Articles.Where(a => articles.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Version));
        return $"/newsroom/articles/several?act={act}&{string.Join('&', articles.Select(id => $"pick={id}.{versions[id]}"))}";
    }
}
