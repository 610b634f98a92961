using System.Data.Common;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Search;

/// <summary>
/// Both providers answer a search in one statement of three kinds of rows: part 0 with the count, part 1 with an
/// article's snippet, part 2 with an article in its place.
/// </summary>
internal static class SearchReader
{
    public static async Task<SearchResult> ReadAsync(NewsDbContext db, string sql, IEnumerable<DbParameter> parameters, CancellationToken cancellation)
    {
        var rows = await db.Database.SqlQueryRaw<Row>(sql, [.. parameters]).ToListAsync(cancellation);
        var snippets = rows.Where(r => r.Part == 1).ToDictionary(r => r.Number, r => r.Text);
        var hits = rows.Where(r => r.Part == 2).Select(r => new SearchHit(r.Number, snippets.GetValueOrDefault(r.Number, "")));
        return new([.. hits], rows.FirstOrDefault(r => r.Part == 0)?.Number ?? 0);
    }

    private sealed record Row(int Part, int Number, string Text);
}
