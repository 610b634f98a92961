using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlueTechWave.Core.Search;

/// <summary>How often on one day (UTC) a search found nothing: what readers miss, and nothing about them.</summary>
public class EmptySearch
{
    public const int WordsLength = 80;
    public const int KeptOfADay = 500;
    public const int KeptDays = 90;

    // More may be somebody's number.
    private const int DigitsAtMost = 5;

    private EmptySearch()
    {
    }

    public EmptySearch(DateOnly day, string words, int count) => (Day, Words, Count) = (day, words, count);

    public DateOnly Day { get; private set; }

    /// <summary>Folded, so that one question is one row.</summary>
    public string Words { get; private set; } = "";

    public int Count { get; private set; }

    /// <summary>The words as they are counted; null for what may name a person's address or number.</summary>
    public static string? Normalized(string typed)
    {
        if (typed.Contains('@', StringComparison.Ordinal)) return null;
        var words = string.Join(' ', SearchTerms.Words(Vocabulary.Folded(typed.Length > SearchTerms.LongestQuery ? typed[..SearchTerms.LongestQuery] : typed)));
        if (words.Length == 0 || words.Count(char.IsDigit) > DigitsAtMost) return null;
        return words.Length > WordsLength ? StorableTextConverter.Storable(words[..WordsLength]).TrimEnd() : words;
    }

    /// <summary>Adds what was counted. A day that has its fill counts on for the words it knows.</summary>
    public static async Task AddAsync(NewsDbContext db, DateOnly day, IReadOnlyDictionary<string, int> counted)
    {
        await db.EmptySearches.Where(s => s.Day < day.AddDays(-KeptDays)).ExecuteDeleteAsync();
        var known = await db.EmptySearches.Where(s => s.Day == day).Select(s => s.Words).ToHashSetAsync();
        foreach (var (words, count) in counted.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            if (known.Count >= KeptOfADay && !known.Contains(words)) continue;
            await db.AddEmptySearchAsync(day, words, count);
            known.Add(words);
        }
    }
}

internal sealed class EmptySearchMapping : IEntityTypeConfiguration<EmptySearch>
{
    public void Configure(EntityTypeBuilder<EmptySearch> search)
    {
        search.ToTable("EmptySearches");
        search.HasKey(s => new { s.Day, s.Words });
        search.Property(s => s.Words).HasMaxLength(EmptySearch.WordsLength);
    }
}
