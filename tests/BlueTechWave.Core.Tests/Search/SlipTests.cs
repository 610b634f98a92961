using BlueTechWave.Core.Search;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

public class SlipTests
{
    [Theory, OnEachProvider]
    public async Task One_slip_of_the_finger_is_mended_and_said(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Microsoft builds in Querétaro", body: "Infrastructure for everybody.");
        await paper.PublishAsync("Something else");

        foreach (var (typed, shown) in new[]
        {
            ("microsfot", "microsoft"), ("micosoft", "microsoft"), ("microssoft", "microsoft"), ("nicrosoft", "microsoft"), ("microsoff", "microsoft"), ("imcrosoft", "microsoft"),
            ("Querétarp", "queretaro"), ("bulids in querataro", "builds queretaro"), ("infrastrcture", "infrastructure"), ("evrybody -else", "everybody -else"),
        })
        {
            var found = await FindAsync(paper, typed);
            Assert.True(found.Hits is [var only] && only.ArticleId == id, typed);
            Assert.Equal(shown, found.ShownFor);
        }
    }

    [Theory, OnEachProvider]
    public async Task What_is_found_as_typed_is_not_mended_nor_are_short_words_phrases_and_two_slips(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var cable = await paper.PublishAsync("Cable");
        var fable = await paper.PublishAsync("Fable of the fox");

        Assert.True(await FindAsync(paper, "fable") is { ShownFor: null, Hits: [var only] } && only.ArticleId == fable);
        foreach (var typed in new[] { "fix", "\"fable of the fix\"", "fabler fablers", "xxble", "cbael", "1234" })
            Assert.True(await FindAsync(paper, typed) is { ShownFor: null, Total: 0 }, typed);
        Assert.Equal(cable, (await FindAsync(paper, "cabel")).Hits.Single().ArticleId);
    }

    [Theory, OnEachProvider]
    public async Task A_withdrawn_piece_mends_nothing(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.WithdrawAsync(await paper.PublishAsync("Microsoft"));

        Assert.True(await FindAsync(paper, "microsfot") is { ShownFor: null, Total: 0, Suggestions: [] });
    }

    [Theory, OnEachProvider]
    public async Task Where_nothing_is_found_what_would_find_something_is_suggested(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.PublishAsync("Dark fibre in the valley");
        await paper.PublishAsync("Fibre for the islands", (a, db) => a.FileUnder(db.Category("payments")));
        await using var db = paper.Open();
        var networking = db.Category("networking").Id;

        Assert.Equal([new("fibre", true, 2)], (await FindAsync(paper, "fibre zzzz")).Suggestions);
        Assert.Equal([new("valley fibre", true, 1)], (await FindAsync(paper, "\"valley fibre\"")).Suggestions.Take(1));
        Assert.Equal([new("islands", false, 1)], (await db.Search.FindAsync(db, new("islands", Category: networking), CancellationToken.None)).Suggestions);
        Assert.Equal(new("islands", false, 1), (await db.Search.FindAsync(db, new("ilsands", Category: networking), CancellationToken.None)).Suggestions[0]);
        Assert.Empty((await FindAsync(paper, "zzzz yyyy")).Suggestions);
    }

    [Theory, OnEachProvider]
    public async Task A_minus_excludes_and_what_belongs_together_stays_together(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var both = await paper.PublishAsync("Fibre and copper", body: "HTTP/2 costs $1.3B, says Wi-Fi.");
        var fibre = await paper.PublishAsync("Fibre alone", body: "Half of 2 is 1, and 3 of the wires are in a file: http.");

        Assert.Equal([fibre], await IdsAsync(paper, "fibre -copper"));
        Assert.Equal([fibre], await IdsAsync(paper, "fibre -\"and copper\""));
        Assert.Equal([fibre], await IdsAsync(paper, "-copper"));
        Assert.Equal([both, fibre], (await IdsAsync(paper, "-zzz")).Order());
        Assert.Equal([both, fibre], (await IdsAsync(paper, "fibre - copper -zzz the")).Order().Union([both, fibre]));
        Assert.Equal([both], await IdsAsync(paper, "HTTP/2"));
        Assert.Equal([both], await IdsAsync(paper, "1.3B"));
        Assert.Equal([both], await IdsAsync(paper, "wi-fi copper’s"));
    }

    [Theory, OnEachProvider]
    public async Task Words_that_every_article_has_ask_for_everything_newest_first(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var old = await paper.PublishAsync("The one", at: Paper.Noon.AddDays(-1));
        var young = await paper.PublishAsync("The other");

        Assert.Equal([young, old], await IdsAsync(paper, "the"));
        Assert.Equal([young, old], await IdsAsync(paper, "\"of the\" and"));
        Assert.Equal([old], await IdsAsync(paper, "the one"));
    }

    [Theory, OnEachProvider]
    public async Task Of_two_equal_pieces_the_newer_comes_first_and_a_much_better_one_stays_ahead(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var headline = await paper.PublishAsync("Volcano wakes", at: Paper.Noon.AddYears(-3), body: "Of the volcano.");
        var old = await paper.PublishAsync("One", at: Paper.Noon.AddYears(-2), body: "Below a volcano.");
        var young = await paper.PublishAsync("Two", body: "Below a volcano.");

        Assert.Equal([headline, young, old], await IdsAsync(paper, "volcano"));
    }

    [Theory]
    [InlineData("cable", "cables", true)]
    [InlineData("cable", "cabel", true)]
    [InlineData("cable", "fable", true)]
    [InlineData("cable", "able", true)]
    [InlineData("cable", "cable", false)]
    [InlineData("cable", "cbael", false)]
    [InlineData("cable", "tables", false)]
    public void One_slip_is_a_letter_more_less_other_or_swapped(string typed, string known, bool one)
    {
        Assert.Equal(one, Vocabulary.IsOneSlip(typed, known));
        Assert.Equal(one, Vocabulary.IsOneSlip(known, typed));
    }

    private static async Task<SearchResult> FindAsync(Paper paper, string words)
    {
        await using var db = paper.Open();
        return await db.Search.FindAsync(db, new(words), CancellationToken.None);
    }

    private static async Task<List<int>> IdsAsync(Paper paper, string words) => [.. (await FindAsync(paper, words)).Hits.Select(h => h.ArticleId)];
}
