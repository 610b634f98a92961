using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Receipts;

/// <summary>
/// Asks the site's own public places for an article, as an anonymous reader would, and says which of them disagree with the
/// store. It goes by the site's own door, to no address that anybody chose.
/// </summary>
public sealed class PublicPlaces(NewsDbContext db, SiteFrames frames, SiteAddress address, IServer server, ILogger<PublicPlaces> log)
{
    private const int AtOnce = 4;

    /// <summary>What is not right at once is asked once more: somebody may be at it just now.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(400);

    private static readonly HttpClient Reader = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        AutomaticDecompression = DecompressionMethods.All,
        // The certificate is for the site's name, not for the machine's own.
        SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None },
    })
    { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = 16 << 20 };

    private sealed record Place(string Name, string Address);

    /// <summary>Null for an article that no reader has ever had an address of.</summary>
    public async Task<Receipt?> LookAsync(int article, CancellationToken cancellation = default)
    {
        var found = await db.Articles.AsNoTracking().AsSplitQuery()
            .Include(a => a.Bylines).ThenInclude(b => b.Author)
            .Include(a => a.FurtherCategories)
            .Include(a => a.Tags).ThenInclude(t => t.Tag)
            .FirstOrDefaultAsync(a => a.Id == article && (a.Status == ArticleStatus.Published || a.Status == ArticleStatus.Withdrawn), cancellation);
        if (found is not { Year: { } year, Month: { } month, PublishedAt: { } at } || Own() is not { } own) return null;

        var path = To.Article(year, month, found.Slug);
        var isPublic = found.Status == ArticleStatus.Published;
        var (all, watch) = (await PlacesAsync(found, path, at, cancellation), Stopwatch.StartNew());
        var lines = new ReceiptLine[all.Count];
        await AskAsync(Enumerable.Range(0, all.Count));
        var wrong = Enumerable.Range(0, all.Count).Where(i => lines[i].Wrong is not null).ToList();
        if (wrong.Count > 0)
        {
            await Task.Delay(Again, cancellation);
            await AskAsync(wrong);
        }

        return new(isPublic, lines, (int)watch.ElapsedMilliseconds);

        Task AskAsync(IEnumerable<int> which) => Parallel.ForEachAsync(which, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => lines[i] = new(all[i].Name, all[i].Address, await WrongAsync(own, all[i].Address, path, isPublic, stop)));
    }

    /// <summary>Where the site listens on this machine.</summary>
    private Uri? Own()
    {
        var all = server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(a => a.StartsWith("http", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var listens in all ?? Enumerable.Empty<string>())
        {
            var bound = BindingAddress.Parse(listens);
            var host = bound.Host is "*" or "+" or "0.0.0.0" ? "127.0.0.1" : bound.Host == "[::]" ? "[::1]" : bound.Host;
            if (!bound.IsUnixPipe && Uri.TryCreate(FormattableString.Invariant($"{bound.Scheme}://{host}:{bound.Port}"), UriKind.Absolute, out var own)) return own;
        }

        return null;
    }

    /// <summary>Every place that shows it, if it is public: the page of each list on which it stands.</summary>
    private async Task<List<Place>> PlacesAsync(Article article, string path, DateTime at, CancellationToken cancellation)
    {
        var frame = await frames.GetAsync(cancellation);
        var size = frame.Settings.ArticlesPerPage;
        var places = new List<Place> { new("the article", path) };

        var onSite = await PositionAsync(Listing.Site);
        if (onSite < Pages.IndexPage.NewestShown) places.Add(new("the home page", To.Home));
        foreach (var category in article.FurtherCategories.Select(f => f.CategoryId).Prepend(article.CategoryId ?? 0).Select(id => frame.Category(id)).OfType<Core.Frame.CategoryNode>().SelectMany(c => c.Line).DistinctBy(c => c.Id))
            await AddAsync($"the category “{category.Name}”", Listing.OfCategory(category.Id), To.Category(category));
        foreach (var tag in article.Tags) await AddAsync($"the tag “{tag.Tag.Name}”", Listing.OfTag(tag.TagId), To.Tag(tag.Tag.Slug));
        foreach (var byline in article.Bylines) await AddAsync($"the author “{byline.Name}”", Listing.OfAuthor(byline.AuthorId), To.Author(byline.Author.Slug));
        await AddAsync("the year", Listing.OfYear(article.Year!.Value), To.Year(article.Year.Value));
        await AddAsync("the month", Listing.OfMonth(article.Year.Value, article.Month!.Value), To.Month(article.Year.Value, article.Month.Value));
        if (onSite < ArticleFeeds.Newest)
            foreach (var format in FeedFormat.All) places.Add(new($"the feed{(format.Suffix.Length > 0 ? $" ({format.Suffix[1..]})" : "")}", To.Feed + format.Suffix));
        var older = await db.ListingEntries.In(Listing.Site).CountAsync(e => e.PublishedAt < at || (e.PublishedAt == at && e.ArticleId < article.Id), cancellation);
        places.Add(new("the sitemap", Sitemaps.AddressOf((older / Sitemaps.PerChunk) + 1)));
        places.Add(new("the search", $"{To.Search}?q={Uri.EscapeDataString($"\"{article.Headline.Replace('"', ' ')}\"")}&sort=newest"));
        return places;

        Task<int> PositionAsync(Listing listing) => db.ListingEntries.In(listing).CountAsync(e => e.PublishedAt > at || (e.PublishedAt == at && e.ArticleId > article.Id), cancellation);

        async Task AddAsync(string name, Listing listing, string list) => places.Add(new(name, To.Page(list, (await PositionAsync(listing) / size) + 1)));
    }

    private async Task<string?> WrongAsync(Uri own, string place, string path, bool isPublic, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(own, place));
            var site = new Uri(address.Root);
            request.Headers.Host = site.Authority;
            if (site.Scheme != own.Scheme) request.Headers.Add("X-Forwarded-Proto", site.Scheme);
            request.Headers.Add("Accept-Encoding", "br");
            using var answer = await Reader.SendAsync(request, cancellation);
            var status = (int)answer.StatusCode;
            if (place == path && !isPublic) return status == StatusCodes.Status410Gone ? null : $"answers {status} where it should say that the article is gone";
            // A list that has nothing else may be gone with it.
            if (!isPublic && status == StatusCodes.Status404NotFound) return null;
            if (status != StatusCodes.Status200OK) return $"answers {status}";

            var has = Regex.IsMatch(await answer.Content.ReadAsStringAsync(cancellation), $"{Regex.Escape(path)}(?![a-z0-9-])");
            return has == isPublic ? null : isPublic ? "does not have it" : "still has it";
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            log.LogWarning(e, "The site could not ask itself for {Address}.", place);
            return "gave no answer";
        }
    }
}
