using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Heralds;

/// <summary>Tells search engines (IndexNow) which articles and standing pages are new, changed or withdrawn.</summary>
public sealed class IndexHerald(IServiceScopeFactory scopes, SiteAddress address, IOptions<IndexNowOptions> options, TimeProvider clock, ILogger<IndexHerald> log)
    : Herald(scopes, clock, log)
{
    private const int AskedAtOnce = 500;

    /// <summary>Where the key is, relative to the site.</summary>
    public static string KeyAddress(string key) => $"/{key}.txt";

    protected override string Listener => $"IndexNow at {options.Value.Endpoint}";

    /// <summary>The protocol's own limit.</summary>
    protected override int InOneMessage => 10_000;

    protected override async Task<IReadOnlyCollection<string>> AddressesAsync(NewsDbContext db, IReadOnlyCollection<Notice> noticed, CancellationToken cancellation)
    {
        // A draft is nobody's business, nor is one withdrawn long ago that somebody goes on editing.
        var isAnyGone = noticed.Contains(Notice.List(Listing.Site));
        var addresses = new HashSet<string>();
        foreach (var ids in noticed.Where(n => n == Notice.Article(n.Key)).Select(n => n.Key).Chunk(AskedAtOnce))
        {
            var articles = await db.Articles.AsNoTracking()
                .Where(a => ids.Contains(a.Id) && a.Year != null && (a.Status == ArticleStatus.Published || (isAnyGone && a.Status == ArticleStatus.Withdrawn)))
                .Select(a => new { Year = a.Year!.Value, Month = a.Month!.Value, a.Slug })
                .ToListAsync(cancellation);
            addresses.UnionWith(articles.Select(a => address.Of(To.Article(a.Year, a.Month, a.Slug))));
        }

        foreach (var ids in noticed.Where(n => n == Notice.Page(n.Key)).Select(n => n.Key).Chunk(AskedAtOnce))
            addresses.UnionWith((await db.Pages.Where(p => ids.Contains(p.Id)).Select(p => p.Slug).ToListAsync(cancellation)).Select(slug => address.Of(To.StandingPage(slug))));
        return addresses;
    }

    protected override HttpRequestMessage Tell(IReadOnlyCollection<string> addresses) => new(HttpMethod.Post, options.Value.Endpoint)
    {
        Content = JsonContent.Create(new
        {
            host = new Uri(address.Root).IdnHost,
            key = options.Value.Key,
            keyLocation = address.Of(KeyAddress(options.Value.Key!)),
            urlList = addresses,
        }),
    };
}
