using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Articles;

/// <summary>How often an article was read on one day (UTC). Nothing about who read it.</summary>
public class ArticleViews
{
    private ArticleViews()
    {
    }

    public ArticleViews(int articleId, DateOnly day, int count) => (ArticleId, Day, Count) = (articleId, day, count);

    public DateOnly Day { get; private set; }

    public int ArticleId { get; private set; }

    public int Count { get; private set; }

    /// <summary>Adds what was counted. Addresses that name no public article are dropped.</summary>
    public static async Task AddAsync(NewsDbContext db, DateOnly day, IReadOnlyDictionary<ArticleAddress, int> counted)
    {
        foreach (var (address, count) in counted.OrderBy(c => c.Key.Slug, StringComparer.Ordinal))
        {
            var id = await db.Articles.Published().At(address.Year, address.Month, address.Slug).Select(a => (int?)a.Id).FirstOrDefaultAsync();
            if (id is { } known) await db.AddViewsAsync(known, day, count);
        }
    }
}

public readonly record struct ArticleAddress(int Year, int Month, string Slug);
