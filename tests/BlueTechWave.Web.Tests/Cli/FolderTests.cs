using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Demo;
using BlueTechWave.Core.Exchange.Folder;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Cli;
using BlueTechWave.Web.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>Moving out into a folder of files, and in again somewhere else.</summary>
public class FolderTests
{
    private const string Whole = $"Site:BaseUrl={Walk.Root}";

    [Theory, EachStore]
    public async Task A_paper_that_moved_answers_at_every_address_as_it_did(Store store) => await MoveAsync(store, store);

    [Theory, EachStore]
    public async Task A_paper_may_move_to_the_other_store(Store store)
    {
        Assert.SkipWhen(Postgres.WhyNot is not null, Postgres.WhyNot ?? "");
        await MoveAsync(store, store == Store.Sqlite ? Store.Postgres : Store.Sqlite);
    }

    private static async Task MoveAsync(Store from, Store to)
    {
        await using var old = await NewsSite.OpenEmptyAsync(from, Whole);
        await FillAsync(old);
        var folder = await ExportAsync(old);
        await using var other = await NewsSite.OpenEmptyAsync(to, Whole);

        var report = await ImportAsync(other, folder);

        Assert.Equal("", string.Join('\n', report.Faults));
        await other.CutAsync();
        var (before, after) = (await Walk.OfAsync(old, "/old/elsewhere", "/old/picture"), await Walk.OfAsync(other, "/old/elsewhere", "/old/picture"));
        Assert.True(before.Count > 300, $"Only {before.Count} addresses were found.");
        Assert.Contains(before.Keys, a => a.StartsWith("/media/", StringComparison.Ordinal));
        foreach (var (address, answer) in before) Assert.Equal($"{address} {answer}", $"{address} {after.GetValueOrDefault(address)}");
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal(await BehindAsync(old), await BehindAsync(other));
    }

    /// <summary>The demo, and what it lacks: every state that an article, a comment or a picture can be in.</summary>
    private static async Task FillAsync(NewsSite site)
    {
        await site.AskAsync(async db =>
        {
            var pictures = ActivatorUtilities.CreateInstance<DemoPictures>(site.Services, db);
            await DemoNewsroom.LoadAsync(db, site.Now, TimeZoneInfo.Utc, new Progress<DemoProgress>(), null, pictures.HangAsync);
            return true;
        });
        await site.CutAsync();
        await site.EditAsync(async db =>
        {
            var published = await db.Articles.Whole().Where(a => a.Status == ArticleStatus.Published).OrderByDescending(a => a.PublishedAt).Take(6).ToListAsync();
            published[0].ShareAs("Told: otherwise", "# Short, and \"quoted\"");
            published[0].Clarify("It was *Tuesday*: – not Monday\n---\nas we wrote.", site.Now);
            published[1].OpenComments(false);
            published[2].PlanWithdrawal(site.Now.AddDays(3), "The licence ends.", site.Now);
            published[3].Withdraw("Its source: \"took\" it back.", site.Now);
            published[3].Discard(site.Now);
            db.Add(new ArticleDiscussion(published[4].Id, CommentPolicy.Open));
            published[5].Write(new("  “Odd”: – 'headline' 🚢", ["- a dash", "key: value"], published[5].Body + "\n\n---\n\nAfter a line.\n", null), site.Now.AddDays(-1), "Ada");
            db.HomeSlots.Add(new HomeSlot(9, published[4], site.Now.AddHours(-1), site.Now.AddHours(9)));
            var picture = await db.Pictures.OrderBy(p => p.Id).FirstAsync();
            db.Redirects.AddRange(new Redirect("/old/elsewhere", "https://elsewhere.example/there"), new Redirect("/old/picture", picture.Address));
            (await db.Pictures.OrderByDescending(p => p.Id).FirstAsync()).Discard(site.Now);
            foreach (var (comment, at) in (await db.Comments.OrderBy(c => c.Id).Take(2).ToListAsync()).Zip([1, 2])) comment.ReviseByEditor($"{comment.Body} [edited]", site.Now.AddMinutes(at));
        });
    }

    /// <summary>What readers do not see: everything the desk would miss.</summary>
    private static async Task<string> BehindAsync(NewsSite site) => await site.AskAsync(async db => string.Join('\n',
    [
        .. (await db.Articles.AsNoTracking().OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Id} {a.Status} {a.Version} {a.CreatedAt:s} {a.EditedAt:s} {a.UpdatedAt:s} {a.ScheduledFor:s} {a.WithdrawalFor:s} {a.WithdrawalReason} {a.WithdrawnReason} {a.CommentCount} {a.Body.Length} {a.SocialTitle}"),
        .. (await db.Revisions.AsNoTracking().OrderBy(r => r.ArticleId).ThenBy(r => r.Id).ToListAsync()).Select(r => $"{r.ArticleId} {r.Version} {r.Act} {r.By} {r.At:s} {r.Note} {r.Text?.Headline} {r.Text?.Body.Length}"),
        .. (await db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).Select(c => $"{c.Id} {c.ParentId} {c.State} {c.Thread} {c.Name} {c.Email} {c.Body} {c.EditedByEditorAt:s} {c.IsFeatured} {c.IsStaff}"),
        .. (await db.Pictures.AsNoTracking().OrderBy(p => p.Id).ToListAsync()).Select(p => $"{p.Id} {p.Name} {p.Alt} {p.IsDecorative} {p.Caption} {p.Credit} {p.Source} {p.FocusX} {p.FocusY} {p.Key} {p.RightsUntil:s} {p.TrashedAt:s}"),
        .. (await db.PictureUses.AsNoTracking().Where(u => u.Place != PicturePlace.Revision).OrderBy(u => u.PictureId).ThenBy(u => u.Place).ThenBy(u => u.PlaceId).ToListAsync()).Select(u => $"{u.PictureId} {u.Place} {u.PlaceId}"),
        .. (await db.ArticleViews.AsNoTracking().OrderBy(v => v.Day).ThenBy(v => v.ArticleId).ToListAsync()).Select(v => $"{v.Day:O} {v.ArticleId} {v.Count}"),
        .. (await db.ArticleDiscussions.AsNoTracking().ToListAsync()).Select(d => $"{d.ArticleId} {d.Policy}"),
    ]));

    private static async Task<string> ExportAsync(NewsSite site)
    {
        var folder = Path.Combine(site.Folder, "export");
        await site.AskAsync(db => new FolderExport(db, site.Services.GetRequiredService<IPictureStore>(), new("The Paper", Walk.Root, "UTC"), site.Now).RunAsync(folder, new Progress<ExchangeProgress>()));
        return folder;
    }

    private static Task<FolderReport> ImportAsync(NewsSite site, string folder) =>
        site.AskAsync(db => new FolderImport(db, site.Services.GetRequiredService<PictureLibrary>(), folder, site.Now).RunAsync(isDryRun: false, new Progress<ExchangeProgress>()));
}
