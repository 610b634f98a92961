using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

/// <summary>The front page. No article stands on it twice.</summary>
public class IndexPage(NewsDbContext db, TimeProvider clock) : ListingPageModel(db)
{
    /// <summary>So many of the newest are on the front page for certain, whatever is pinned.</summary>
    public const int NewestShown = LatestShown;

    private const int BesideTheLead = 3;
    private const int LatestShown = 8;
    private const int InStrip = 4;
    private const int FewestInStrip = 3;
    private const int MostStrips = 12;

    public ArticleCard? Lead { get; private set; }

    public IReadOnlyList<ArticleCard> Beside { get; private set; } = [];

    public IReadOnlyList<ArticleCard> Latest { get; private set; } = [];

    public IReadOnlyList<(CategoryNode Category, IReadOnlyList<ArticleCard> Cards)> Strips { get; private set; } = [];

    public IReadOnlyList<ArticleCard> MostReadElsewhere { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(int number = 1)
    {
        if (!await LoadAsync(number)) return NotFound();

        Head = number == 1
            ? ListingHead("", Frame.Settings.Tagline)
            : ListingHead("Latest articles", $"{Frame.Settings.Tagline} Page {number}.", new Crumb($"Page {number}", null));
        return Page();
    }

    private async Task<bool> LoadAsync(int number)
    {
        // However the front is filled, the newest so many stand on the first page; the second goes on from there.
        if (number > 1) return await LoadAsync(Listing.Site, To.Home, number, Frame.ArticleCount, LatestShown);

        IsPage(To.Home, number, Frame.ArticleCount, LatestShown);
        await MakeUpAsync();
        Shows(Notice.List(Listing.Site), Notice.HomeSlots);
        ShowsRail();
        return true;
    }

    /// <summary>Fills the places from the top down; what has been placed is not placed again. Only what has a place is read.</summary>
    private async Task MakeUpAsync()
    {
        var now = HttpContext.Features.Get<Moment>()?.At ?? clock.GetUtcNow().UtcDateTime;
        var categories = Frame.RootCategories.Where(c => c.Count > 0).ToList();
        var curated = await Db.HomeSlots.AsNoTracking()
            .Where(s => (s.From == null || s.From <= now) && (s.Until == null || s.Until > now) && Db.Articles.Published().Any(a => a.Id == s.ArticleId))
            .OrderBy(s => s.Position).ThenBy(s => s.Id)
            .Take(1 + BesideTheLead)
            .Select(s => s.ArticleId)
            .ToListAsync(HttpContext.RequestAborted);
        // A set operation keeps no order: the places in the listing do.
        var entries = (await EntriesAsync(categories)).OrderByDescending(e => e.PublishedAt).ThenByDescending(e => e.ArticleId).ToList();
        var newest = entries.Where(e => e.Kind == ListingKind.Site).Select(e => e.ArticleId).ToList();

        var placed = new HashSet<int>();
        List<int> Place(IEnumerable<int> ids, int count) => [.. ids.Where(placed.Add).Take(count)];
        var front = Place(curated.Concat(newest), 1 + BesideTheLead);
        var latest = Place(newest, LatestShown);
        MostReadElsewhere = [.. Frame.MostReadAll.Where(card => !placed.Contains(card.Id)).Take(SiteFrame.MostReadShown)];
        placed.UnionWith(MostReadElsewhere.Select(card => card.Id));
        var strips = categories
            .Select(c => (Category: c, Ids: Place(entries.Where(e => e.Kind == ListingKind.Category && e.Key == c.Id).Select(e => e.ArticleId), InStrip)))
            .Where(strip => strip.Ids.Count >= FewestInStrip).ToList();

        var cards = (await ArticleCard.OfAsync(Db, [.. front.Concat(latest).Concat(strips.SelectMany(s => s.Ids))], HttpContext.RequestAborted)).ToDictionary(c => c.Id);
        List<ArticleCard> Cards(IEnumerable<int> ids) => [.. ids.Where(cards.ContainsKey).Select(id => cards[id])];
        (Lead, Beside, Latest) = (Cards(front).FirstOrDefault(), [.. Cards(front).Skip(1)], Cards(latest));
        Strips = [.. strips.Select(s => (s.Category, (IReadOnlyList<ArticleCard>)Cards(s.Ids)))];
        Shows(cards.Values);
        Shows(Frame.MostReadAll);
        Shows(categories.Select(c => Notice.List(Listing.OfCategory(c.Id))));
    }

    /// <summary>The newest of the site and of each category, as places in listings only: one query, no article row touched.</summary>
    private Task<List<ListingEntry>> EntriesAsync(List<CategoryNode> categories) =>
        categories.Take(MostStrips)
            .Select(c => Db.ListingEntries.In(Listing.OfCategory(c.Id)).NewestFirst().Take(1 + BesideTheLead + LatestShown + InStrip))
            .Aggregate(Db.ListingEntries.In(Listing.Site).NewestFirst().Take(1 + BesideTheLead + LatestShown), (all, some) => all.Concat(some))
            .AsNoTracking()
            .ToListAsync(HttpContext.RequestAborted);
}
