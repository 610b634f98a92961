using System.Net;
using AngleSharp.Dom;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Web.Jobs;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Newsroom;

public class TrashTests
{
    [Theory, EachStore]
    public async Task A_draft_is_put_away_and_brought_back_as_it_was(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim", ("Body", "They float."));

        await ines.PressAsync(id, "Move to the trash");
        Assert.DoesNotContain("Robots learn to swim", (await ines.ReadAsync("/newsroom/articles")).Rows());
        Assert.Equal(["Robots learn to swim"], (await ines.ReadAsync("/newsroom/articles?status=trash")).Rows());
        Assert.Equal(["Robots learn to swim"], (await ines.ReadAsync("/newsroom/articles?status=trash&q=swim&order=published")).Rows());
        Assert.Equal(["All 0", "Draft 0", "Trash 1"], (await ines.ReadAsync("/newsroom/articles")).QuerySelectorAll(".views a").Select(a => a.TextContent.Trim()).Where(v => v.StartsWith("All", StringComparison.Ordinal) || v.StartsWith("Draft", StringComparison.Ordinal) || v.StartsWith("Trash", StringComparison.Ordinal)));
        var page = await ines.ReadAsync(Editing.AddressOf(id));
        Assert.Contains("After thirty days it is gone for good.", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.Buttons());

        using var back = await ines.PressAsync(id, "Bring it back");
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        var article = await site.ArticleAsync(id);
        Assert.Equal((ArticleStatus.Draft, "They float."), (article.Status, article.Body));
    }

    [Theory, EachStore]
    public async Task What_readers_have_had_says_so_from_the_trash_too_and_stays_there(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        var id = await noor.BeginAsync("Robots learn to swim");
        await noor.PressAsync(id, "Publish");
        Assert.DoesNotContain("Move to the trash", (await noor.ReadAsync(Editing.AddressOf(id))).Body!.TextContent, StringComparison.Ordinal);
        await noor.PressAsync(id, "Unpublish", ("reason", "It was about whales."));
        await noor.PressAsync(id, "Move to the trash");

        using var gone = await site.Reader.GetAsync(NewsSite.AddressOf(await site.ArticleAsync(id)));
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Contains("It was about whales.", await gone.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        site.Clock.Advance(TimeSpan.FromDays(60));
        await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
        await noor.SignInAsync();
        await noor.PressAsync(id, "Bring it back");
        Assert.Equal(ArticleStatus.Withdrawn, await site.StatusAsync(id));
    }

    [Theory, EachStore]
    public async Task After_a_month_a_draft_is_gone_for_good_and_not_a_day_before(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await ines.BeginAsync("Robots learn to swim", ("Tags", "Robots"));
        await ines.PressAsync(id, "Move to the trash");

        site.Clock.Advance(TimeSpan.FromDays(29));
        await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
        Assert.Equal(1, await site.AskAsync(db => db.Articles.CountAsync(a => a.Id == id)));
        site.Clock.Advance(TimeSpan.FromDays(2));
        await site.Services.GetRequiredService<TrashKeeping>().EmptyAsync();
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => a.Id == id)));
        Assert.Contains(await site.AuditAsync(e => e.Subject == "Article"), e => e.Act == "Removed");
    }

    [Theory, EachStore]
    public async Task Two_machines_take_a_draft_away_once_and_neither_fails(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var ids = new List<int>();
        foreach (var headline in new[] { "Robots learn to swim", "Robots learn to sue" }) ids.Add(await ines.BeginAsync(headline, ("Tags", "Robots")));
        foreach (var id in ids) await ines.PressAsync(id, "Move to the trash");
        var inAMonth = site.Now.AddDays(31);
        site.Queries.InterruptAfter(sql => sql.Contains("\"BodyHtml\"", StringComparison.Ordinal), () => site.AskAsync(async db =>
        {
            db.Articles.Remove(await db.Articles.Whole().SingleAsync(a => a.Id == ids[0]));
            return await db.SaveChangesAsync();
        }));

        Assert.Equal(1, await site.AskAsync(db => Trash.EmptyAsync(db, inAMonth)));
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => ids.Contains(a.Id))));
        Assert.Equal(2, (await site.AuditAsync(e => e.Subject == "Article" && e.Act == "Removed")).Count);
    }

    [Theory, EachStore]
    public async Task A_reporter_puts_away_only_what_she_may_write_in(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var ines = await Colleague.ArriveAsync(site, Role.Reporter, "Inês Prado");
        var id = await site.WriteAsync(ines, "Robots learn to swim", a => a.Schedule(site.Now.AddDays(1), site.Now));

        Assert.DoesNotContain("Move to the trash", (await ines.ReadAsync(Editing.AddressOf(id))).Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(ArticleStatus.Scheduled, await site.StatusAsync(id));
    }
}
