using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Search;

/// <summary>
/// How articles are found. A provider has its index and its query; what happens when nothing is found is the same for
/// both. Rows are there exactly for public articles.
/// </summary>
public abstract class ArticleSearch
{
    private const int SuggestedAtMost = 3;
    private const int MendedAtMost = 4;
    private const int TriedForOneWord = 8;

    /// <summary>Brings the rows of these articles up to date, within the save's transaction and after the listings.</summary>
    public abstract Task KeepAsync(NewsDbContext db, IReadOnlyCollection<int> articles);

    /// <summary>Articles whose row is missing, out of date or should not be there.</summary>
    public abstract Task<List<int>> DriftedAsync(NewsDbContext db, CancellationToken cancellation);

    /// <summary>Never throws for what a reader typed. A word that occurs nowhere is mended if one slip explains it.</summary>
    public async Task<SearchResult> FindAsync(NewsDbContext db, SearchQuery query, CancellationToken cancellation)
    {
        var terms = SearchTerms.Parse(query.Words);
        if (terms.IsEmpty) return SearchResult.Nothing;

        var found = await FindAsync(db, terms, query, cancellation);
        if (found.Total > 0 || terms.IsEverything) return found;

        if (await MendAsync(db, terms, cancellation) is not { } mended) return found with { Suggestions = await SuggestAsync(db, terms, query, cancellation) };
        var instead = await FindAsync(db, mended, query, cancellation);
        return instead.Total > 0
            ? instead with { ShownFor = mended.ToString() }
            : found with { Suggestions = await SuggestAsync(db, mended, query, cancellation) };
    }

    /// <summary>Public articles with these words in their headline, for the newsroom; a part of a larger question.</summary>
    public virtual IQueryable<int> Headed(NewsDbContext db, string words)
    {
        var low = words.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862 // The store lowers, not we.
        return db.Articles.Published().Where(a => a.Headline.ToLower().Contains(low)).Select(a => a.Id);
#pragma warning restore CA1304, CA1311, CA1862
    }

    protected abstract Task<SearchResult> FindAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, CancellationToken cancellation);

    /// <summary>How many articles match, up to <paramref name="atMost"/>; the query's words are not looked at.</summary>
    protected abstract Task<int> CountAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, int atMost, CancellationToken cancellation);

    private async Task<SearchTerms?> MendAsync(NewsDbContext db, SearchTerms terms, CancellationToken cancellation)
    {
        var (mended, slips) = (terms.All.ToList(), 0);
        for (var i = 0; i < mended.Count && slips < MendedAtMost; i++)
        {
            var term = mended[i];
            if (!term.IsWord || term.Text.Length < Vocabulary.ShortestMended || await HitsAsync(db, terms.With([term]), 1, cancellation) > 0) continue;
            if (await NearestAsync(db, terms, term, cancellation) is not { } near) continue;
            mended[i] = term with { Text = near };
            slips++;
        }

        return slips > 0 ? terms.With(mended) : null;
    }

    /// <summary>Of the words one slip away, the one that most articles have.</summary>
    private async Task<string?> NearestAsync(NewsDbContext db, SearchTerms terms, SearchTerms.Term term, CancellationToken cancellation)
    {
        // Fingers seldom miss the first letter.
        var near = (await Vocabulary.NearAsync(db, term.Text, cancellation))
            .OrderByDescending(word => char.ToLowerInvariant(term.Text[0]) == word[0]).Take(TriedForOneWord);
        var (best, most) = ((string?)null, 0);
        foreach (var word in near)
        {
            var hits = await HitsAsync(db, terms.With([new(word)]), SearchTerms.CountedAtMost, cancellation);
            if (hits > most) (best, most) = (word, hits);
        }

        return best;
    }

    /// <summary>Without the filters, without the quotes, without the rarest word: what of these finds something.</summary>
    private async Task<IReadOnlyList<SearchSuggestion>> SuggestAsync(NewsDbContext db, SearchTerms terms, SearchQuery query, CancellationToken cancellation)
    {
        var suggestions = new List<SearchSuggestion>();
        if (query.IsNarrowed) await TryAsync(terms, false);
        if (terms.All.Any(t => t.IsPhrase && !t.IsExcluded)) await TryAsync(terms.With(terms.All.SelectMany(Loose)), true);
        if (terms.Excluded.Count > 0 && terms.Wanted.Count > 0) await TryAsync(terms.With(terms.Wanted), true);

        if (terms.Wanted.Count > 1)
        {
            var hits = new List<(SearchTerms.Term Term, int Hits)>();
            foreach (var term in terms.Wanted) hits.Add((term, await HitsAsync(db, terms.With([term]), SearchTerms.CountedAtMost, cancellation)));
            var left = hits.Where(h => h.Hits > 0).OrderByDescending(h => h.Hits).Select(h => h.Term).ToList();
            for (var count = Math.Min(left.Count, hits.Count - 1); count > 0 && suggestions.Count < SuggestedAtMost; count--)
            {
                var kept = left.Take(count).ToHashSet();
                if (await TryAsync(terms.With(terms.Wanted.Where(kept.Contains)), true)) break;
            }
        }

        return suggestions;

        async Task<bool> TryAsync(SearchTerms other, bool keepsFilters)
        {
            if (suggestions.Count >= SuggestedAtMost || other.All.Count == 0) return false;
            var asked = keepsFilters ? query : query with { Category = null, Author = null, From = null, To = null };
            var total = await CountAsync(db, other, asked, SearchTerms.CountedAtMost, cancellation);
            if (total > 0) suggestions.Add(new(other.ToString(), keepsFilters, total));
            return total > 0;
        }
    }

    private static IEnumerable<SearchTerms.Term> Loose(SearchTerms.Term term) => term is { IsPhrase: true, IsExcluded: false }
        ? term.Text.Split(' ').Where(w => !StopWords.AreAll(w)).Select(w => new SearchTerms.Term(w))
        : [term];

    private Task<int> HitsAsync(NewsDbContext db, SearchTerms terms, int atMost, CancellationToken cancellation) =>
        CountAsync(db, terms, new SearchQuery(""), atMost, cancellation);
}
