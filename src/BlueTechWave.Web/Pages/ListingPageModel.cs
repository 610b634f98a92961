using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Pages;

/// <param name="Empty">What to say when there is nothing.</param>
public sealed record ListingView(string Heading, IReadOnlyList<ArticleCard> Cards, SiteFrame Frame, PagerView Pager, string Empty = "Nothing has been published here yet.");

/// <summary>A page of a listing: its cards, its numbers, its neighbours.</summary>
public abstract class ListingPageModel(NewsDbContext db) : ReaderPageModel
{
    protected NewsDbContext Db { get; } = db;

    public IReadOnlyList<ArticleCard> Cards { get; private set; } = [];

    public int Number { get; private set; } = 1;

    public int Pages { get; private set; } = 1;

    public int Count { get; private set; }

    public string Address { get; private set; } = "";

    public PagerView Pager => new(Number, Pages, n => To.Page(Address, n));

    /// <summary>False where there is no such page; then nothing has been asked of the store.</summary>
    protected async Task<bool> LoadAsync(Listing listing, string address, int number, int count, int? onFirst = null)
    {
        if (!IsPage(address, number, count, onFirst)) return false;

        Cards = count == 0 ? [] : await ArticleCard.ListAsync(Db, listing, number, Frame.Settings.ArticlesPerPage, HttpContext.RequestAborted, onFirst);
        Shows(Notice.List(listing));
        Shows(Cards);
        ShowsRail();
        return true;
    }

    /// <summary>Whether a listing of this length has that page.</summary>
    /// <param name="onFirst">How many the first page has, where that is not the usual number.</param>
    protected bool IsPage(string address, int number, int count, int? onFirst = null)
    {
        var size = Frame.Settings.ArticlesPerPage;
        (Address, Number, Count) = (address, number, count);
        Pages = 1 + Math.Max(0, (count - (onFirst ?? size) + size - 1) / size);
        return number >= 1 && number <= Pages;
    }

    /// <summary>The head all listings share.</summary>
    /// <param name="crumbs">What follows home.</param>
    protected PageHead ListingHead(string title, string description, params IReadOnlyList<Crumb> crumbs) => new()
    {
        Title = Number > 1 ? $"{title}, page {Number}" : title,
        Description = description,
        Canonical = To.Page(Address, Number),
        Previous = Number > 1 ? To.Page(Address, Number - 1) : null,
        Next = Number < Pages ? To.Page(Address, Number + 1) : null,
        Crumbs = crumbs.Count == 0 ? [] : [new("Home", To.Home), .. crumbs],
        JsonLd = [Facts.Collection(title, To.Page(Address, Number), description, Cards, Frame)],
    };

    protected static string Articles(int count) => count == 1 ? "1 article" : $"{count:N0} articles";
}
