using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Tests.Pictures;
using BlueTechWave.Web.Tests.Backups;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

/// <summary>What is derived and was changed behind the paper's back: <c>check</c> finds it, says so in a line, and mends it while the site serves.</summary>
public sealed class DriftTests
{
    [Theory, EachStore]
    public async Task What_has_drifted_is_named_in_a_line_and_mended(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var (article, picture) = await PaperAsync(site);
        Assert.DoesNotContain("mended", await CheckAsync(site));

        (string Harm, string Line)[] all =
        [
            ($"UPDATE \"Articles\" SET \"CommentCount\" = 7 WHERE \"Id\" = {article}", "Comments: 1 articles told a wrong number of comments; mended."),
            ($"UPDATE \"Pictures\" SET \"IsShown\" = {(store == Store.Sqlite ? "0" : "FALSE")} WHERE \"Id\" = {picture}", "Pictures shown: 1 were shown, hidden or hung wrongly; mended."),
            ($"UPDATE \"Articles\" SET \"Picture_Path\" = '/media/gone' WHERE \"Id\" = {article}", "Pictures shown: 1 were shown, hidden or hung wrongly; mended."),
            ($"UPDATE \"Articles\" SET \"Picture_Width\" = 7 WHERE \"Id\" = {article}", "Pictures shown: 1 were shown, hidden or hung wrongly; mended."),
            // Above the article, in its text, on a page, as a portrait: the history keeps its own.
            ($"DELETE FROM \"PictureUses\" WHERE \"Place\" <> {(int)PicturePlace.Revision}", "Pictures used: 4 places were not known, or not true; mended."),
            ($"INSERT INTO \"PictureUses\" (\"PictureId\", \"Place\", \"PlaceId\") VALUES ({picture}, 0, 9999), ({picture}, 2, 9999), ({picture}, 3, 9999), ({picture}, 4, 9999), ({picture}, 4, 2)", "Pictures used: 5 places were not known, or not true; mended."),
            ($"DELETE FROM \"ListingEntries\" WHERE \"ArticleId\" = {article} AND \"Kind\" = 0", "Listings: 1 listings had wrong articles; mended."),
            ("UPDATE \"ListingCounts\" SET \"Count\" = 7 WHERE \"Kind\" = 0", "Counts: 1 listings had a wrong length; mended."),
            ("DELETE FROM \"ArticleSearch\"", "Search: 2 articles were missing, out of date or not to be found; mended."),
        ];
        foreach (var (harm, line) in all)
        {
            var before = await StateAsync(site);
            await site.AskAsync(db => db.Database.ExecuteSqlRawAsync(harm));
            Assert.Contains(line, await CheckAsync(site));
            Assert.Equal(before, await StateAsync(site));
            Assert.DoesNotContain("mended", await CheckAsync(site));
            Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"));
        }
    }

    /// <summary>As a version of before may have set it, with links and pictures it did not know.</summary>
    [Theory, EachStore]
    public async Task Asked_to_the_paper_sets_every_text_again_and_nobody_seems_to_have_written_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var (article, _) = await PaperAsync(site);
        var (before, told) = (await StateAsync(site), (await site.AuditAsync()).Count);
        foreach (var harm in (string[])
        [
            $"UPDATE \"Articles\" SET \"BodyHtml\" = '<p>Old</p>', \"Words\" = 1 WHERE \"Id\" = {article}", $"UPDATE \"Articles\" SET \"Take_Html\" = 'Old' WHERE \"Id\" = {article}",
            "DELETE FROM \"ArticleLinks\"", "DELETE FROM \"PictureUses\"", "UPDATE \"Pages\" SET \"BodyHtml\" = 'Old' WHERE \"Slug\" = 'about'", "UPDATE \"Authors\" SET \"BioHtml\" = 'Old' WHERE \"Slug\" = 'lina-moreau'", "UPDATE \"Comments\" SET \"BodyHtml\" = 'Old', \"TextHash\" = 1",
        ]) await site.AskAsync(db => db.Database.ExecuteSqlRawAsync(harm));

        Assert.DoesNotContain("Texts", await CheckAsync(site));
        Assert.Contains("Texts: 4 were set otherwise before; mended.", await CheckAsync(site, "--rebuild"));

        Assert.Equal(before, await StateAsync(site));
        Assert.Contains("Texts: good.", await CheckAsync(site, "--rebuild"));
        Assert.Equal(told, (await site.AuditAsync()).Count);
        Assert.Empty(await site.AskAsync(db => db.WebhookDeliveries.ToListAsync()));
    }

    private static async Task<(int Article, int Picture)> PaperAsync(NewsSite site)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var picture = (await scope.ServiceProvider.GetRequiredService<PictureLibrary>().AddAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), "reef.jpg", Photograph.Jpeg(60, 40), null, site.Now)).Picture;
        await site.Services.GetRequiredService<Jobs.PictureKeeping>().PrintAsync();
        var other = await site.PublishAsync("Robots learn to walk");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.CommentAsync(article, CommentState.Approved, "I *was* there.");
        await site.EditAsync(async db =>
        {
            var hung = await db.Pictures.SingleAsync();
            var story = await db.Articles.Whole().SingleAsync(a => a.Id == article.Id);
            story.Write(new(story.Headline, story.KeyPoints, $"They *do*.\n\n![A reef]({hung.Address})\n\nAlso read: <article:{other.Id}>\n", new OurTake("We *saw* it.", "Ada", "editor")), site.Now, "Ada");
            story.Illustrate(new LeadPicture(hung));
            (await db.Pages.SingleAsync(p => p.Slug == "about")).Write("About us", "Who we are", $"We report.\n\n![A reef]({hung.Address})\n", null);
            (await db.Authors.SingleAsync(a => a.Slug == "lina-moreau")).Portray(hung.Id);
        });
        return (article.Id, picture.Id);
    }

    /// <summary>All that is derived, as it stands.</summary>
    private static async Task<string> StateAsync(NewsSite site) => await site.AskAsync(async db => string.Join('\n',
    [
        .. (await db.Articles.AsNoTracking().Include(a => a.Links).OrderBy(a => a.Id).ToListAsync()).Select(a => $"{a.Id} {a.CommentCount} {a.Words} {a.BodyHtml} {a.Take?.Html} {a.Picture?.Path} {a.Picture?.Width} {string.Join(',', a.Links.Select(l => l.TargetId))}"),
        .. (await db.Pages.AsNoTracking().OrderBy(p => p.Id).ToListAsync()).Select(p => p.BodyHtml),
        .. (await db.Authors.AsNoTracking().OrderBy(a => a.Id).ToListAsync()).Select(a => a.BioHtml),
        .. (await db.Comments.AsNoTracking().OrderBy(c => c.Id).ToListAsync()).Select(c => $"{c.BodyHtml} {c.TextHash}"),
        .. (await db.Pictures.AsNoTracking().ToListAsync()).Select(p => $"{p.IsShown}"),
        .. (await db.PictureUses.AsNoTracking().OrderBy(u => u.Place).ThenBy(u => u.PlaceId).ToListAsync()).Select(u => $"{u.PictureId} {u.Place} {u.PlaceId}"),
        .. (await db.ListingEntries.AsNoTracking().OrderBy(e => e.Kind).ThenBy(e => e.Key).ThenBy(e => e.ArticleId).ToListAsync()).Select(e => $"{e.Kind} {e.Key} {e.ArticleId}"),
        .. (await db.ListingCounts.AsNoTracking().OrderBy(c => c.Kind).ThenBy(c => c.Key).ToListAsync()).Select(c => $"{c.Kind} {c.Key} {c.Count}"),
        $"{(await db.Search.FindAsync(db, new("robots"), CancellationToken.None)).Total}",
    ]));

    private static async Task<string> CheckAsync(NewsSite site, params string[] words)
    {
        var (code, said, refused) = await Operator.Of(site).DoAsync(["check", .. words]);
        Assert.Equal((0, ""), (code, refused));
        return said;
    }
}
