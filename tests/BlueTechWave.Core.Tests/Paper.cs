using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Tags;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Tests;

/// <summary>A small newsroom in a store of its own: two reporters, four categories, and the acts of a working day.</summary>
public sealed class Paper : IAsyncDisposable
{
    public static readonly DateTime Noon = new(2025, 7, 10, 12, 0, 0, DateTimeKind.Utc);
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.Utc;

    private Paper(Store store) => Store = store;

    public Store Store { get; }

    public NewsDbContext Open() => Store.Open();

    public static async Task<Paper> OpenAsync(Provider provider)
    {
        var paper = new Paper(await Store.CreateAsync(provider));
        await using var db = paper.Open();
        var infrastructure = new Category("IT Infrastructure");
        var fintech = new Category("Fintech");
        db.Categories.AddRange(infrastructure, fintech, new Category("Networking", infrastructure), new Category("Payments", fintech));
        db.Authors.AddRange(new Author("Lina Moreau", "BTW reporter"), new Author("Petra Novotná", "networks reporter"));
        db.Tags.AddRange(new Tag("IPv6"), new Tag("Brazil"));
        await db.SaveChangesAsync();
        return paper;
    }

    /// <summary>A finished piece about routers by Lina Moreau, in Networking, tagged IPv6; <paramref name="make"/> makes it another.</summary>
    public async Task<int> DraftAsync(string headline, Action<Article, NewsDbContext>? make = null, string body = "Nothing new.", string keyPoint = "A point.")
    {
        await using var db = Open();
        var article = new Article(headline, Noon);
        article.Write(new ArticleText(headline, [keyPoint], body), Noon, "Lina Moreau");
        article.FileUnder(db.Category("networking"));
        article.Sign(db.Author("lina-moreau"));
        article.TagWith(db.Tag("ipv6"));
        make?.Invoke(article, db);
        db.Articles.Add(article);
        await db.SaveChangesAsync();
        return article.Id;
    }

    public Task<int> PublishAsync(string headline, Action<Article, NewsDbContext>? make = null, DateTime? at = null, string body = "Nothing new.", string keyPoint = "A point.") =>
        DraftAsync(headline, (article, db) =>
        {
            make?.Invoke(article, db);
            article.Publish(at ?? Noon, Zone, "Lina Moreau");
        }, body, keyPoint);

    /// <summary>Takes the piece up in a context of its own, does something to it, saves.</summary>
    public async Task ChangeAsync(int id, Action<Article, NewsDbContext> change)
    {
        await using var db = Open();
        var article = await db.Articles
            .Include(a => a.Category).Include(a => a.Bylines).ThenInclude(b => b.Author).Include(a => a.FurtherCategories).Include(a => a.Tags).Include(a => a.Links)
            .AsSplitQuery()
            .SingleAsync(a => a.Id == id);
        change(article, db);
        await db.SaveChangesAsync();
    }

    public Task WithdrawAsync(int id) => ChangeAsync(id, (article, _) => article.Withdraw("It was wrong.", Noon));

    public async Task<List<int>> IdsAsync(Func<NewsDbContext, Listing> listing)
    {
        await using var db = Open();
        return await db.ListingEntries.In(listing(db)).NewestFirst().Select(e => e.ArticleId).ToListAsync();
    }

    public async Task<int> CountAsync(Func<NewsDbContext, Listing> listing)
    {
        await using var db = Open();
        var (kind, key) = listing(db);
        return await db.ListingCounts.Where(c => c.Kind == kind && c.Key == key).Select(c => c.Count).SingleOrDefaultAsync();
    }

    /// <summary>What has to hold after any act: a listing is as long as it says, and holds exactly the public pieces.</summary>
    public async Task AssertListingsAreTrueAsync()
    {
        await using var db = Open();
        var said = await db.ListingCounts.Where(c => c.Count != 0).ToDictionaryAsync(c => (c.Kind, c.Key), c => c.Count);
        var counted = await db.ListingEntries.GroupBy(e => new { e.Kind, e.Key }).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        Xunit.Assert.Equal(counted.ToDictionary(c => (c.Key.Kind, c.Key.Key), c => c.Count), said);

        var shown = await db.Articles.Published().Select(a => a.Id).Order().ToListAsync();
        var listed = await db.ListingEntries.In(Listing.Site).Select(e => e.ArticleId).Order().ToListAsync();
        Xunit.Assert.Equal(shown, listed);
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}

internal static class Finding
{
    public static Category Category(this NewsDbContext db, string slug) => db.Categories.Include(c => c.Parent).Single(c => c.Slug == slug);

    public static Author Author(this NewsDbContext db, string slug) => db.Authors.Single(a => a.Slug == slug);

    public static Tag Tag(this NewsDbContext db, string slug) => db.Tags.Single(t => t.Slug == slug);
}
