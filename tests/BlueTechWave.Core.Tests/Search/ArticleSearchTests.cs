using BlueTechWave.Core.Data;
using BlueTechWave.Core.Search;
using Xunit;

namespace BlueTechWave.Core.Tests.Search;

public class ArticleSearchTests
{
    [Theory, OnEachProvider]
    public async Task A_piece_is_found_by_every_part_of_it(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.PublishAsync("Something else entirely");
        var id = await paper.PublishAsync("Routers learn to swim", (a, db) =>
        {
            a.TagWith(db.Tag("brazil"));
            a.Sign(db.Author("petra-novotna"));
        }, body: "In **Lillesand** the *ducts* are stone.", keyPoint: "The harbour was cold.");

        foreach (var words in new[] { "swim", "swimming router", "harbour", "lillesand DUCTS", "Novotná", "novotna", "brazil", "cold brazil petra" })
            Assert.True(await FindAsync(paper, words) is [var only] && only == id, words);
        Assert.Empty(await FindAsync(paper, "swim elephant"));
    }

    [Theory, OnEachProvider]
    public async Task A_phrase_in_quotes_is_meant_word_by_word(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var phrase = await paper.PublishAsync("One", body: "They pulled a dark fibre ring through the valley.");
        var apart = await paper.PublishAsync("Two", body: "The fibre was dark, and the ring was of gold.");

        Assert.Equal([phrase], await FindAsync(paper, "\"dark fibre ring\""));
        Assert.Equal([phrase, apart], (await FindAsync(paper, "dark fibre ring")).Order());
        Assert.Equal([phrase, apart], (await FindAsync(paper, "\"dark fibre ring")).Order());
        Assert.Equal([apart], await FindAsync(paper, "gold \"the ring\""));
    }

    [Theory, OnEachProvider]
    public async Task The_last_word_may_be_unfinished_the_others_may_not(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Constellation restarts a reactor");

        Assert.Equal([id], await FindAsync(paper, "conste"));
        Assert.Equal([id], await FindAsync(paper, "reactor constel"));
        Assert.Empty(await FindAsync(paper, "conste reactor"));
        Assert.Empty(await FindAsync(paper, "co"));
    }

    [Theory, OnEachProvider]
    public async Task A_search_can_be_narrowed_to_a_category_with_its_children_an_author_and_dates(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var june = new DateTime(2025, 6, 1, 0, 0, 0, DateTimeKind.Utc);
        var cable = await paper.PublishAsync("Cable one", at: june);
        var money = await paper.PublishAsync("Cable two", (a, db) =>
        {
            a.FileUnder(db.Category("payments"));
            a.Sign(db.Author("petra-novotna"));
        });
        await using var db = paper.Open();
        int infrastructure = db.Category("it-infrastructure").Id, fintech = db.Category("fintech").Id, petra = db.Author("petra-novotna").Id;

        Assert.Equal([cable], await FindAsync(paper, new SearchQuery("cable", Category: infrastructure)));
        Assert.Equal([money], await FindAsync(paper, new SearchQuery("cable", Category: fintech)));
        Assert.Equal([money], await FindAsync(paper, new SearchQuery("cable", Author: petra)));
        Assert.Equal([cable], await FindAsync(paper, new SearchQuery("cable", From: june, To: june.AddDays(1))));
        Assert.Equal([money], await FindAsync(paper, new SearchQuery("cable", From: june.AddDays(1))));
        Assert.Empty(await FindAsync(paper, new SearchQuery("cable", To: june)));
        Assert.Empty(await FindAsync(paper, new SearchQuery("cable", Category: infrastructure, Author: petra)));
    }

    [Theory, OnEachProvider]
    public async Task Headlines_weigh_more_unless_the_newest_are_wanted_first_and_pages_follow_each_other(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var inHeadline = await paper.PublishAsync("Volcano", at: Paper.Noon.AddDays(-9), body: "Ash.");
        var inBody = new List<int>();
        for (var i = 0; i < 4; i++) inBody.Add(await paper.PublishAsync($"Piece {i}", at: Paper.Noon.AddHours(-i), body: "It stands below a volcano, they say, and the wind is mild."));

        Assert.Equal(inHeadline, (await FindAsync(paper, "volcano"))[0]);
        Assert.Equal([.. inBody, inHeadline], await FindAsync(paper, new SearchQuery("volcano", Sort: SearchSort.Newest)));
        Assert.Equal(inBody[2..4], await FindAsync(paper, new SearchQuery("volcano", Sort: SearchSort.Newest, Page: 2, PageSize: 2)));
        Assert.Equal(5, (await ResultAsync(paper, new("volcano", Page: 3, PageSize: 2))).Total);
        Assert.Empty(await FindAsync(paper, new SearchQuery("volcano", Page: int.MaxValue, PageSize: 20)));
    }

    [Theory, OnEachProvider]
    public async Task What_is_not_public_is_not_found(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.DraftAsync("Zebra draft");
        await paper.DraftAsync("Zebra tomorrow", (a, _) => a.Schedule(Paper.Noon.AddDays(1), Paper.Noon));
        var id = await paper.PublishAsync("Zebra crossing");
        Assert.Equal([id], await FindAsync(paper, "zebra"));

        await paper.WithdrawAsync(id);
        Assert.Empty(await FindAsync(paper, "zebra"));

        await paper.ChangeAsync(id, (a, _) => a.Publish(Paper.Noon, Paper.Zone));
        Assert.Equal([id], await FindAsync(paper, "zebra"));
        await paper.ChangeAsync(id, (a, db) => db.Articles.Remove(a));
        Assert.Empty(await FindAsync(paper, "zebra"));
    }

    [Theory, OnEachProvider]
    public async Task A_renamed_tag_is_found_by_its_new_name(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("Routers learn to swim");
        await using (var db = paper.Open())
        {
            db.Tag("ipv6").Rename("Addresses");
            await db.SaveChangesAsync();
        }

        Assert.Equal([id], await FindAsync(paper, "addresses"));
        Assert.Empty(await FindAsync(paper, "ipv6"));
    }

    [Theory, OnEachProvider]
    public async Task A_snippet_is_the_place_found_with_marks_around_the_words(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        await paper.PublishAsync("One", body: string.Concat(Enumerable.Repeat("Nothing of note was said. ", 80)) + "Then the **otters** & their <b>kin</b> came. " + string.Concat(Enumerable.Repeat("Rain fell. ", 80)));

        var hit = Assert.Single((await ResultAsync(paper, new("otter"))).Hits);

        Assert.Contains($"{SearchTerms.Open}otters{SearchTerms.Close}", hit.Snippet);
        Assert.Contains("& their kin came", hit.Snippet);
        Assert.InRange(hit.Snippet.Length, 40, 400);
    }

    [Theory, OnEachProvider]
    public async Task Accents_make_no_difference_and_are_marked_where_they_are_typed(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("One", body: "The résumé of Grethe Åsheim, in Querétaro.");

        foreach (var words in new[] { "resume", "résumé", "RE\u0301SUME\u0301 asheim", "querétaro", "quereta", "\"resume of grethe\"" })
            Assert.True(await FindAsync(paper, words) is [var only] && only == id, words);
        Assert.Contains($"{SearchTerms.Open}Querétaro{SearchTerms.Close}", (await ResultAsync(paper, new("Querétaro"))).Hits[0].Snippet);
    }

    [Theory, OnEachProvider]
    public async Task A_piece_of_a_million_characters_and_one_in_Chinese_are_saved_and_found(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var dice = new Random(7);
        var words = string.Concat(Enumerable.Range(0, 150_000).Select(i => $"{(char)dice.Next(0x4E00, 0x9F00)}{(char)dice.Next(0x4E00, 0x9F00)} "));
        var large = await paper.PublishAsync("Grand encyclopaedia", body: words + "😀" + string.Concat(Enumerable.Range(0, 100_000).Select(i => $"w{i} ")));
        var chinese = await paper.PublishAsync("海底 Cables", body: "红海 的 电缆 断了。");

        Assert.Equal([large], await FindAsync(paper, "encyclopaedia"));
        Assert.Contains(chinese, await FindAsync(paper, "海底"));
    }

    [Theory, OnEachProvider]
    public async Task Nothing_a_reader_types_is_more_than_words(Provider provider)
    {
        await using var paper = await Paper.OpenAsync(provider);
        var id = await paper.PublishAsync("AND OR NOT NEAR are words", body: "A piece about the word near.");
        await using var db = paper.Open();
        foreach (var typed in Hostile)
        {
            foreach (var sort in Enum.GetValues<SearchSort>())
                Assert.InRange((await db.Search.FindAsync(db, new(typed, Sort: sort), CancellationToken.None)).Total, 0, 1);
        }

        Assert.Equal([id], await FindAsync(paper, "NEAR(word"));
        Assert.Equal([id], await FindAsync(paper, "near* - word ^piece"));
        Assert.Empty(await FindAsync(paper, "Headline:elephant"));
    }

    private static readonly string[] Hostile =
    [
        "", " ", "\"", "\"\"", "\"\"\"", "\" \"", "'", "''; DROP TABLE \"Articles\"; --", "\\", "\\'", "*", "**", "a*", "near*", "*near", "NEAR", "NEAR(a b, 5)", "AND", "OR",
        "NOT", "NOT near", "a AND", "AND OR NOT", "-near", "+near", "^near", "Headline:near", "{Headline}:near", "(", ")", ")(", "((((((((", "near)", ":*", ":*:*", "near:*", "near:A", "a & b", "a | b",
        "!near", "<->", "near <-> word", "a<2>b", "@", "@t0", "@match", "{0}", "{", "}", "%", "%00", "_", "\0", "ne\0ar", "\ud800", "near\udc00", "😀", "😀😀 near", "é", "e\u0301", "İ", "ß", "日本語", "العربية", "\u202e near", "\uE000near\uE001",
        "½", "²", "①", "𝒩ear", "𖿰𖿱", "\U0001E900", "ⅷ", "٣", "१२३", "a-b", "1.3", "$1.3B", "near/word", "a.b.c", "x@y.z", "http://near.word/?q=1", "ＮＥＡＲ", "the", "the of and", "\"the of\"", "near the", "\"near the\" the",
        "\uFFFE near\uFFFF", "ne\u0301ar", "\r\n", "\t near", new string('a', 10_000), new string('"', 10_000), string.Concat(Enumerable.Repeat("near ", 2_000)), string.Concat(Enumerable.Repeat("\"a b\" ", 2_000)), string.Concat(Enumerable.Repeat("😀", 5_000)),
        new string('a', 199) + "😀", string.Concat(Enumerable.Repeat("日", 200)),
    ];

    private static async Task<List<int>> FindAsync(Paper paper, string words) => await FindAsync(paper, new SearchQuery(words));

    private static async Task<List<int>> FindAsync(Paper paper, SearchQuery query) => [.. (await ResultAsync(paper, query)).Hits.Select(h => h.ArticleId)];

    private static async Task<SearchResult> ResultAsync(Paper paper, SearchQuery query)
    {
        await using NewsDbContext db = paper.Open();
        return await db.Search.FindAsync(db, query, CancellationToken.None);
    }
}
