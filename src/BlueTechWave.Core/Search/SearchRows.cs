using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

internal static class SearchRows
{
    /// <summary>The rows that these articles should have; none for one that is not public. Listings are up to date by now.</summary>
    public static async Task<List<SearchRow>> OfAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var found = await db.Articles.AsNoTracking().Published().Where(a => articles.Contains(a.Id))
            .Select(a => new
            {
                a.Id,
                a.Version,
                a.PublishedAt,
                a.Headline,
                a.KeyPoints,
                a.Body,
                Take = a.Take == null ? "" : a.Take.Text,
                Authors = a.Bylines.OrderBy(b => b.Position).Select(b => b.Name).ToList(),
                Tags = a.Tags.OrderBy(t => t.Position).Select(t => t.Tag.Name).ToList(),
            })
            .AsSplitQuery()
            .ToListAsync();
        var listed = (await db.ListingEntries.AsNoTracking()
            .Where(e => articles.Contains(e.ArticleId) && (e.Kind == ListingKind.Category || e.Kind == ListingKind.Author))
            .ToListAsync()).ToLookup(e => e.ArticleId, e => e.Listing);

        return [.. found.Select(a => new SearchRow(
            a.Id,
            a.Version,
            a.PublishedAt!.Value,
            a.Headline,
            string.Join('\n', a.KeyPoints.Select(LightMarkdown.Plain)),
            ArticleBody.Press(a.Body).Text + "\n" + LightMarkdown.Plain(a.Take),
            string.Join(", ", a.Authors),
            string.Join(", ", a.Tags),
            [FilterWords.Any, .. listed[a.Id].Select(l => l.Kind == ListingKind.Category ? FilterWords.Category(l.Key) : FilterWords.Author(l.Key)).Distinct()]))];
    }
}
