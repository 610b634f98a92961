using BlueTechWave.Core.Comments;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>Subjects, people, comments and search, as programs read them.</summary>
public class OtherListTests
{
    [Theory, EachStore]
    public async Task Tags_and_authors_that_only_a_draft_has_are_not_told(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.DraftAsync("Drafted", copy => (copy.Tags, copy.Author) = (["Secret", "Robots"], "daniel-okoro"));
        await site.PublishAsync("Published", copy => copy.Tags = ["Robots"]);

        Assert.Equal(["robots"], await site.Reader.EachAsync("/api/v1/tags", "slug"));
        Assert.Equal(["1"], await site.Reader.EachAsync("/api/v1/tags", "articles"));
        Assert.Equal(["lina-moreau"], await site.Reader.EachAsync("/api/v1/authors", "slug"));

        await site.PublishAsync("Another", copy => (copy.Tags, copy.Author) = (["Robots", "Whales"], "daniel-okoro"));
        Assert.Equal(["robots", "whales"], await site.Reader.EachAsync("/api/v1/tags", "slug"));
        Assert.Equal(["daniel-okoro", "lina-moreau"], (await site.Reader.EachAsync("/api/v1/authors", "slug")).Order());
    }

    [Theory, EachStore]
    public async Task Every_list_is_walked_to_its_end_in_small_steps(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishManyAsync(7, (i, copy) => (copy.Tags, copy.Author) = ([$"Tag {i}", "Robots"], i % 2 == 0 ? "daniel-okoro" : "lina-moreau"));
        var article = await site.PublishAsync("Talked about");
        for (var i = 0; i < 7; i++) await site.CommentAsync(article, CommentState.Approved, $"Remark {i}");

        foreach (var list in new[] { "articles?", "tags?", "authors?", "categories?", "comments?", $"comments?article={article.Id}&", "search?q=story&", "search?q=story&sort=newest&" })
        {
            var all = await site.Reader.EachAsync($"/api/v1/{list}limit=100", "id");
            var met = await site.Reader.WalkAsync($"/api/v1/{list}limit=2", "id");
            Assert.True(all.Count > 1, list);
            Assert.Equal(all, met);
        }
    }

    [Theory, EachStore]
    public async Task Categories_tell_where_they_stand_and_how_much_is_in_them(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Money rules", copy => copy.Category = "fintech/regulation");

        var categories = (await site.Reader.JsonAsync("/api/v1/categories?limit=100")).GetProperty("items").EnumerateArray().ToDictionary(c => c.GetProperty("path").GetString()!);

        Assert.Equal(categories["fintech"].GetProperty("id").GetInt32(), categories["fintech/regulation"].GetProperty("parent").GetInt32());
        Assert.Equal((1, 1), (categories["fintech"].GetProperty("articles").GetInt32(), categories["fintech/regulation"].GetProperty("articles").GetInt32()));
        Assert.Equal($"{site.Address}category/fintech/regulation", categories["fintech/regulation"].GetProperty("url").GetString());
        Assert.Equal(categories.Count, (await site.FrameAsync()).Categories.Count);
    }

    [Theory, EachStore]
    public async Task Comments_are_the_approved_ones_under_public_articles_without_an_address(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var gone = await site.PublishAsync("Whales learn to code");
        var root = await site.CommentAsync(article, CommentState.Approved, "A sound observation.");
        await site.CommentAsync(article, CommentState.Approved, "I was there too.", under: root);
        await site.CommentAsync(gone, CommentState.Approved, "Gone with it.");
        foreach (var state in new[] { CommentState.Pending, CommentState.Rejected, CommentState.Spam }) await site.CommentAsync(article, state, "Unseemly words.");
        Assert.Equal(3, (await site.Reader.EachAsync("/api/v1/comments", "id")).Count);
        await site.WithdrawAsync(gone);

        foreach (var address in new[] { "/api/v1/comments", $"/api/v1/comments?article={article.Id}" })
        {
            var text = await site.Reader.TextAsync(address);
            var said = Asking.Parse(text).GetProperty("items");
            Assert.Equal(["<p>I was there too.</p>", "<p>A sound observation.</p>"], said.EnumerateArray().Select(c => c.GetProperty("body").GetString()!.Trim()));
            Assert.Equal(root.Id, said[0].GetProperty("parent").GetInt32());
            Assert.Equal($"{site.Address}2024/09/robots-learn-to-swim#comment-{root.Id}", said[1].GetProperty("url").GetString());
            Assert.DoesNotContain("ada@reader.example", text, StringComparison.Ordinal);
        }

        Assert.Empty(await site.Reader.EachAsync($"/api/v1/comments?article={gone.Id}", "id"));
        Assert.Equal("400 bad-parameter article", await site.Reader.ProblemAsync("/api/v1/comments?article=robots"));
    }

    [Theory, EachStore]
    public async Task Search_says_how_much_there_is_where_it_stands_and_what_it_looked_for_instead(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim", copy => copy.Body = "A zeppelin was seen above the exchange.");
        await site.PublishAsync("Whales learn to code", copy => (copy.Body, copy.Category) = ("No airship at all, but one zeppelin.", "fintech"));

        var found = await site.Reader.JsonAsync("/api/v1/search?q=zeppelin&fields=headline,snippet");
        Assert.Equal(2, found.GetProperty("total").GetInt32());
        Assert.All(found.GetProperty("items").EnumerateArray(), i => Assert.Contains("zeppelin", i.GetProperty("snippet").GetString()!));
        Assert.Null(found.GetProperty("lookedFor").GetString());

        Assert.Equal("zeppelin", (await site.Reader.JsonAsync("/api/v1/search?q=zepelin")).GetProperty("lookedFor").GetString());
        Assert.Equal(["Whales learn to code"], await site.Reader.EachAsync("/api/v1/search?q=zeppelin&category=fintech", "headline"));
        Assert.Empty(await site.Reader.EachAsync("/api/v1/search?q=submarine", "headline"));
        Assert.Equal("400 bad-parameter q", await site.Reader.ProblemAsync("/api/v1/search"));
        Assert.Equal("400 bad-parameter sort", await site.Reader.ProblemAsync("/api/v1/search?q=a&sort=oldest"));
    }
}
