using System.Net;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>Articles as programs read them.</summary>
public class ArticleTests
{
    [Theory, EachStore]
    public async Task A_list_has_what_cards_have_and_a_body_only_where_it_is_asked_for(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim", copy => (copy.Tags, copy.Category) = (["Robots"], "fintech/regulation"));

        var item = (await site.Reader.JsonAsync("/api/v1/articles")).GetProperty("items")[0];

        Assert.Equal(["id", "url", "headline", "slug", "summary", "publishedAt", "updatedAt", "category", "authors", "tags", "picture", "readingMinutes"], item.EnumerateObject().Select(m => m.Name));
        Assert.Equal(article.Id, item.GetProperty("id").GetInt32());
        Assert.Equal($"{site.Address}2024/09/robots-learn-to-swim", item.GetProperty("url").GetString());
        Assert.Equal("2024-09-25T09:30:00Z", item.GetProperty("publishedAt").GetString());
        Assert.Equal("fintech/regulation", item.GetProperty("category").GetProperty("path").GetString());
        Assert.Equal("Lina Moreau", item.GetProperty("authors")[0].GetProperty("name").GetString());
        Assert.Equal($"{site.Address}tag/robots", item.GetProperty("tags")[0].GetProperty("url").GetString());

        var chosen = (await site.Reader.JsonAsync("/api/v1/articles?fields=body,headline")).GetProperty("items")[0];
        Assert.Equal(["headline", "body"], chosen.EnumerateObject().Select(m => m.Name));
        Assert.Contains("Something happened on Wednesday.", chosen.GetProperty("body").GetString()!);
    }

    [Theory, EachStore]
    public async Task Whoever_walks_through_a_list_while_others_publish_meets_everything_that_was_there_and_nothing_twice(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        // Three of one moment: where they stand is told by their number alone.
        await site.PublishManyAsync(20, (i, copy) => copy.At = site.Now.AddDays(-(i / 3)));
        var there = await site.Reader.WalkAsync("/api/v1/articles?limit=100", "id");

        var met = await site.Reader.WalkAsync("/api/v1/articles?limit=3&fields=id", "id", step => site.PublishAsync($"News number {step}"));

        Assert.Equal(20, there.Count);
        Assert.Equal(there, met);
        Assert.Equal(there.Count + 7, (await site.Reader.WalkAsync("/api/v1/articles?limit=7", "id")).Distinct().Count());
    }

    [Theory, EachStore]
    public async Task What_is_withdrawn_during_a_walk_takes_nothing_else_with_it(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishManyAsync(9);
        var there = await site.Reader.WalkAsync("/api/v1/articles", "id");
        var last = await site.AskAsync(async db => (await db.Articles.FindAsync(int.Parse(there[2], System.Globalization.CultureInfo.InvariantCulture)))!);

        // The very one after which the walk goes on.
        var met = await site.Reader.WalkAsync("/api/v1/articles?limit=3", "id", async step =>
        {
            if (step == 1) await site.WithdrawAsync(last);
        });

        Assert.Equal(there, met);
    }

    [Theory, EachStore]
    public async Task The_header_says_the_same_next_as_the_body_and_both_keep_what_was_asked(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(3, (_, copy) => copy.Tags = ["Robots"]);

        using var answer = await site.Reader.GetAsync("/api/v1/articles?tag=robots&limit=2&fields=id&utm_source=x");
        var next = Asking.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("next").GetString()!;

        Assert.Equal($"<{next}>; rel=\"next\"", answer.Header("Link"));
        Assert.StartsWith($"{site.Address}api/v1/articles?tag=robots&fields=id&limit=2&cursor=", next, StringComparison.Ordinal);
        using var end = await site.Reader.GetAsync(next);
        Assert.Equal("", end.Header("Link"));
        Assert.Equal(["id"], Asking.Parse(await end.Content.ReadAsStringAsync()).GetProperty("items")[0].EnumerateObject().Select(m => m.Name));
    }

    [Theory, EachStore]
    public async Task Filters_narrow_a_list_alone_and_together(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishAsync("A", copy => (copy.Category, copy.Tags, copy.At) = ("fintech/regulation", ["Robots"], new(2024, 9, 1, 12, 0, 0, DateTimeKind.Utc)));
        await site.PublishAsync("B", copy => (copy.Category, copy.Tags, copy.Author, copy.At) = ("fintech", ["Robots", "Whales"], "daniel-okoro", new(2024, 9, 2, 12, 0, 0, DateTimeKind.Utc)));
        await site.PublishAsync("C", copy => (copy.Author, copy.Tags, copy.At) = ("daniel-okoro", ["Whales"], new(2024, 9, 3, 12, 0, 0, DateTimeKind.Utc)));

        await IsAsync("C B A", "");
        await IsAsync("B A", "category=fintech");
        await IsAsync("A", "category=fintech/regulation");
        await IsAsync("B A", "tag=robots");
        await IsAsync("C B", "author=daniel-okoro");
        await IsAsync("B", "author=daniel-okoro&tag=robots&category=fintech");
        await IsAsync("", "author=daniel-okoro&category=fintech/regulation");
        await IsAsync("C B", "from=2024-09-02");
        await IsAsync("B A", "to=2024-09-02");
        await IsAsync("B", "from=2024-09-02&to=2024-09-02");
        await IsAsync("A", "to=2024-09-02T12:00:00Z");
        await IsAsync("C B", "from=2024-09-02T14:00:00%2B02:00");
        await IsAsync("C", "from=2024-09-02T12:00:00.5Z");

        async Task IsAsync(string headlines, string query) =>
            Assert.Equal($"{query}: {headlines}", $"{query}: {string.Join(' ', await site.Reader.EachAsync($"/api/v1/articles?{query}", "headline"))}");
    }

    [Theory, EachStore]
    public async Task What_cannot_be_meant_is_named_and_nothing_is_guessed(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.DraftAsync("A secret", copy => copy.Tags = ["Secret"]);
        foreach (var (query, parameter) in new[]
        {
            ("limit=0", "limit"), ("limit=101", "limit"), ("limit=1e1", "limit"), ("limit=-1", "limit"), ("cursor=x", "cursor"), ("fields=headline,nonsense", "fields"), ("fields=,", "fields"),
            ("fields=Headline", "fields"), ("category=nowhere", "category"), ("tag=nobody", "tag"), ("tag=Robots!", "tag"), ("author=nobody", "author"), ("from=yesterday", "from"),
            ("to=2024-13-01", "to"), ("from=2024-09-02T12:00:00", "from"), ("from=2024-09-03&to=2024-09-02", "to"), ("from=0001-01-01T00:00:00Z", "from"),
            // What only a draft has is no more there than what nobody has.
            ("tag=secret", "tag"),
        })
            Assert.Equal($"{query}: 400 bad-parameter {parameter}", $"{query}: {await site.Reader.ProblemAsync($"/api/v1/articles?{query}")}");

        using var answer = await site.Reader.GetAsync("/api/v1/articles?fields=headline,nonsense");
        Assert.Contains("“nonsense”", Asking.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("detail").GetString()!);
    }

    [Theory, EachStore]
    public async Task One_article_is_found_by_its_number_or_its_slug_and_told_whole(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var linked = await site.PublishAsync("Whales learn to code");
        var hidden = await site.DraftAsync("Nobody knows");
        var older = await site.PublishAsync("Robots learn to swim", copy => copy.At = site.Now.AddDays(-60));
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Body = $"They do, see [it](article:{linked.Id}) and [that](article:{hidden.Id}).");
        await site.ChangeAsync(article, a => a.Correct("They do not sink.", site.Now));

        var whole = await site.Reader.JsonAsync($"/api/v1/articles/{article.Id}");

        Assert.Equal(whole.ToString(), (await site.Reader.JsonAsync("/api/v1/articles/robots-learn-to-swim")).ToString());
        Assert.Equal(older.Id, (await site.Reader.JsonAsync($"/api/v1/articles/{older.Id}?fields=id")).GetProperty("id").GetInt32());
        var body = whole.GetProperty("body").GetString()!;
        Assert.Contains($"<a href=\"{site.Address}2024/09/whales-learn-to-code\">it</a>", body);
        Assert.DoesNotContain("nobody-knows", body, StringComparison.Ordinal);
        Assert.Equal(["It happened on Wednesday.", "It matters."], whole.GetProperty("keyPoints").EnumerateArray().Select(p => p.GetString()!));
        Assert.Equal("They do not sink.", whole.GetProperty("corrections")[0].GetProperty("note").GetString());
        Assert.Equal("correction", whole.GetProperty("corrections")[0].GetProperty("kind").GetString());
        Assert.Equal("2024-09-25T09:30:00Z", whole.GetProperty("corrections")[0].GetProperty("correctedAt").GetString());
    }

    [Theory, EachStore]
    public async Task What_readers_cannot_have_is_not_there_for_programs(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var draft = await site.DraftAsync("Drafted");
        var planned = await site.ScheduleAsync("Planned", site.Now.AddHours(1));
        var withdrawn = await site.PublishAsync("Withdrawn");
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync($"/api/v1/articles/{withdrawn.Id}"));
        await site.WithdrawAsync(withdrawn);

        foreach (var article in new[] { draft, planned, withdrawn })
        {
            Assert.Equal("404 not-found", await site.Reader.ProblemAsync($"/api/v1/articles/{article.Id}"));
            Assert.Equal("404 not-found", await site.Reader.ProblemAsync($"/api/v1/articles/{article.Slug}"));
        }
    }
}
