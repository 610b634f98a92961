using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

internal static class SearchRows
{
    /// <summary>The rows that these articles should have; none for one that is not public.</summary>
    public static async Task<List<SearchRow>> OfAsync(NewsDbContext db, IReadOnlyCollection<int> articles)
    {
        var found = await db.Articles.AsNoTracking()
            .Where(a => articles.Contains(a.Id) && a.Status == ArticleStatus.Published)
            .Select(a => new
            {
                a.Id,
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

        return [.. found.Select(a => new SearchRow(
            a.Id,
            a.PublishedAt!.Value,
            a.Headline,
            string.Join('\n', a.KeyPoints.Select(LightMarkdown.Plain)),
            ArticleBody.Press(a.Body).Text + "\n" + LightMarkdown.Plain(a.Take),
            string.Join(", ", a.Authors),
            string.Join(", ", a.Tags)))];
    }
}
