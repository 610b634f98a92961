using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Tests.Nodes;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests;

[OnTwoNodes]
public class CachingTests
{
    [Fact]
    public async Task A_page_asked_for_twice_is_made_once()
    {
        await using var site = await NewsSite.OpenAsync();
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);

        foreach (var (name, address) in around.Surfaces.Append(("article", NewsSite.AddressOf(around.Article))))
        {
            Assert.False(await site.Reader.IsCachedAsync(address), $"{name} came from the cache at once");
            var queries = await site.Queries.OfAsync(async () => Assert.True(await site.Reader.IsCachedAsync(address), $"{name} was made again"));
            Assert.Empty(queries);
        }
    }

    [Fact]
    public async Task Tracking_parameters_make_no_new_entry_and_leave_no_trace()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        foreach (var address in new[] { "/", article, "/category/ai", "/2024/09" })
        {
            var first = await site.Reader.TextAsync(address + "?utm_source=letter&fbclid=abc123");
            Assert.True(await site.Reader.IsCachedAsync(address + "?gclid=zzz&utm_campaign=autumn"), address);
            Assert.True(await site.Reader.IsCachedAsync(address), address);
            Assert.DoesNotContain("abc123", first, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Two_searches_are_two_entries()
    {
        await using var site = await NewsSite.OpenAsync();
        await site.PublishAsync("Robots learn to swim");
        await site.PublishAsync("Whales learn to code");

        Assert.Contains("/2024/09/robots-learn-to-swim", await site.Reader.TextAsync("/search?q=robots"), StringComparison.Ordinal);
        Assert.DoesNotContain("Robots learn to swim", (await site.Reader.PageAsync("/search?q=whales")).QuerySelector("main")!.InnerHtml, StringComparison.Ordinal);
        Assert.True(await site.Reader.IsCachedAsync("/search?q=whales&utm_source=x"));
    }

    [Theory, EachStore]
    public async Task A_new_headline_shows_at_once_wherever_the_old_one_did(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);
        var showedIt = await around.WhereAsync("Airships carry servers");
        Assert.Equal(around.SurfaceNames.Except(["sitemap"]), showedIt);

        await site.HeadlineAsync(around.Article, "Balloons bear computers");

        Assert.Empty(await around.WhereAsync("Airships carry servers"));
        Assert.Equal(showedIt, await around.WhereAsync("Balloons bear computers"));
        Assert.Contains("Balloons bear computers", await site.Reader.TextAsync(NewsSite.AddressOf(around.Article)), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_new_story_shows_at_once_on_the_lists_it_enters(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);
        _ = await around.WhereAsync();
        _ = await site.Reader.TextAsync("/archives");

        await site.PublishAsync("A second airship", copy =>
        {
            copy.Category = "internet-governance/regulation";
            copy.Author = "daniel-okoro";
            copy.Tags = ["Airships"];
            copy.Body = "Another zeppelin.";
        });

        Assert.Empty(around.SurfaceNames.Except(["also read", "also read, for programs"]).Except(await around.WhereAsync("/2024/09/a-second-airship")));
    }

    [Theory, EachStore]
    public async Task A_page_that_shows_nothing_of_a_change_stays_in_the_cache(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.PublishAsync("Whales learn to code", copy => (copy.Author, copy.Category, copy.Tags) = ("daniel-okoro", "fintech", ["Whales"]));
        var untouched = new[] { "/author/daniel-okoro", "/tag/whales", "/category/fintech", "/about" };
        foreach (var address in untouched) _ = await site.Reader.TextAsync(address);

        await site.HeadlineAsync(article, "Robots learn to dive");

        foreach (var address in untouched) Assert.True(await site.Reader.IsCachedAsync(address), address);
        Assert.Contains("Robots learn to dive", await site.Reader.TextAsync("/tag/robots"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task An_approved_comment_shows_at_once_under_its_article_and_leaves_home_alone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        var address = NewsSite.AddressOf(article);
        var comment = await site.CommentAsync(article, CommentState.Pending, "A sound observation.");
        foreach (var page in new[] { "/", "/category/ai", address, "/comments/feed" }) _ = await site.Reader.TextAsync(page);

        await site.DecideAsync(comment, CommentState.Approved);

        Assert.Contains("A sound observation.", await site.Reader.TextAsync(address), StringComparison.Ordinal);
        Assert.Contains("A sound observation.", await site.Reader.TextAsync("/comments/feed"), StringComparison.Ordinal);
        Assert.True(await site.Reader.IsCachedAsync("/"), "home was made again");
        Assert.True(await site.Reader.IsCachedAsync("/category/ai"), "the category was made again");

        await site.DecideAsync(comment, CommentState.Spam);

        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync(address), StringComparison.Ordinal);
        Assert.DoesNotContain("A sound observation.", await site.Reader.TextAsync("/comments/feed"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_renamed_category_shows_at_once_on_every_page(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        var pages = new[] { "/", address, "/category/ai", "/2024/09", "/about" };
        foreach (var page in pages) _ = await site.Reader.TextAsync(page);

        await site.EditAsync(async db => (await db.Categories.SingleAsync(c => c.Slug == "ai")).Rename("Thinking Machines"));

        foreach (var page in pages) Assert.Contains("Thinking Machines", await site.Reader.TextAsync(page), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task An_author_described_anew_shows_at_once_on_the_author_page_and_in_the_author_box(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        var pages = new[] { address, "/author/lina-moreau" };
        foreach (var page in pages) _ = await site.Reader.TextAsync(page);

        await site.EditAsync(async db => (await db.Authors.SingleAsync(a => a.Slug == "lina-moreau")).Describe("Lina Moreau", "science editor", "Collects dead dictionaries.", null));

        foreach (var page in pages) Assert.Contains("Collects dead dictionaries.", await site.Reader.TextAsync(page), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_renamed_tag_shows_at_once_on_its_page_and_under_its_articles(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]));
        foreach (var page in new[] { address, "/tag/robots" }) _ = await site.Reader.TextAsync(page);

        await site.EditAsync(async db => (await db.Tags.SingleAsync(t => t.Slug == "robots")).Rename("Automata"));

        foreach (var page in new[] { address, "/tag/automata" }) Assert.Contains("Automata", await site.Reader.TextAsync(page), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_rewritten_standing_page_shows_at_once(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        _ = await site.Reader.TextAsync("/about");

        await site.EditAsync(async db => (await db.Pages.SingleAsync(p => p.Slug == "about")).Write("About the paper", "Who we are", "We are three people.", null));

        Assert.Contains("We are three people.", await site.Reader.TextAsync("/about"), StringComparison.Ordinal);
        Assert.Contains("About the paper", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_hand_placed_lead_shows_at_once_on_home(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(30);
        var chosen = await site.AskAsync(db => db.Articles.SingleAsync(a => a.Slug == "story-number-30"));
        Assert.DoesNotContain("/story-number-30\"", await MainOfAsync(site, "/"), StringComparison.Ordinal);

        await site.EditAsync(async db => db.Add(new HomeSlot(0, await db.Articles.SingleAsync(a => a.Id == chosen.Id))));

        Assert.Contains("/story-number-30\"", await MainOfAsync(site, "/"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_page_being_made_while_a_save_happens_is_not_kept(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        _ = await site.FrameAsync();

        foreach (var address in new[] { NewsSite.AddressOf(article), "/", "/category/ai" })
        {
            var headline = $"Seen from {address.Length}";
            site.Queries.InterruptAfter(sql => sql.Contains("\"Headline\"", StringComparison.Ordinal), () => site.HeadlineAsync(article, headline));
            _ = await site.Reader.TextAsync(address);
            Assert.Contains(headline, await site.Reader.TextAsync(address), StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task A_frame_being_loaded_while_a_save_happens_is_not_kept(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        site.Queries.InterruptAfter(sql => sql.Contains("\"ListingCounts\"", StringComparison.Ordinal), () => site.PublishAsync("Robots learn to swim"));

        _ = await site.Reader.TextAsync("/archives");

        Assert.Equal(1, (await site.FrameAsync()).ArticleCount);
        Assert.Contains("/2024/09", await site.Reader.TextAsync("/archives"), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task A_save_that_fails_empties_nothing(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        _ = await site.Reader.TextAsync("/");

        await Assert.ThrowsAnyAsync<Exception>(() => site.EditAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            (await db.Articles.SingleAsync(a => a.Id == article.Id)).OpenComments(false);
            await db.SaveChangesAsync();
            throw new InvalidOperationException("The power went out.");
        }));

        Assert.True(await site.Reader.IsCachedAsync("/"));
    }

    [Fact]
    public async Task A_reader_who_has_the_page_already_is_told_so()
    {
        await using var site = await NewsSite.OpenAsync();
        var article = await site.PublishAsync("Robots learn to swim");

        foreach (var address in new[] { "/", NewsSite.AddressOf(article), "/category/ai", "/feed", "/sitemap.xml" })
        {
            using var first = await site.Reader.GetAsync(address);
            var tag = Assert.IsType<EntityTagHeaderValue>(first.Headers.ETag);

            using var again = new HttpRequestMessage(HttpMethod.Get, address);
            again.Headers.IfNoneMatch.Add(tag);
            using var answer = await site.Reader.SendAsync(again);
            Assert.Equal($"{address} {HttpStatusCode.NotModified}", $"{address} {answer.StatusCode}");
            Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal(tag, answer.Headers.ETag);
        }

        await site.HeadlineAsync(article, "Robots learn to dive");

        using var changed = new HttpRequestMessage(HttpMethod.Get, "/");
        changed.Headers.IfNoneMatch.Add(new("\"old\""));
        using var made = await site.Reader.SendAsync(changed);
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
    }

    [Fact]
    public async Task Each_encoding_says_the_same_words_under_a_tag_of_its_own()
    {
        await using var site = await NewsSite.OpenAsync();
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        foreach (var page in new[] { "/", address, "/feed" })
        {
            var plain = await FetchAsync(site, page, "");
            var seen = new HashSet<string> { plain.Tag };
            Assert.Equal("", plain.Encoding);

            foreach (var (accepted, expected) in new[] { ("br", "br"), ("gzip", "gzip"), ("gzip, deflate, br, zstd", "br"), ("br;q=0, gzip;q=0.5", "gzip"), ("identity", ""), ("*;q=0.1, zstd", "") })
            {
                // The second time from the cache.
                foreach (var answer in new[] { await FetchAsync(site, page, accepted), await FetchAsync(site, page, accepted) })
                {
                    Assert.Equal(expected, answer.Encoding);
                    Assert.Equal(plain.Text, answer.Text);
                    Assert.Contains("Accept-Encoding", answer.Vary, StringComparison.OrdinalIgnoreCase);
                    if (expected == "") Assert.Equal(plain.Tag, answer.Tag);
                    else seen.Add(answer.Tag);
                }
            }

            Assert.Equal(3, seen.Count);
        }
    }

    [Fact]
    public async Task Two_visitors_get_the_same_bytes_and_no_cookie()
    {
        await using var site = await NewsSite.OpenAsync();
        var around = await Neighbourhood.SettleAsync(site, site.PublishAsync);

        foreach (var (_, address) in around.Surfaces.Append(("article", NewsSite.AddressOf(around.Article))).Append(("about", "/about")).Append(("archives", "/archives")))
        {
            var first = await VisitAsync(site, address, "ada", "198.51.100.7");
            var second = await VisitAsync(site, address, "bob", "203.0.113.9");
            Assert.Equal(first, second);
            Assert.DoesNotContain("cookie-of-", Encoding.UTF8.GetString(first), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_page_that_could_not_be_found_is_not_kept()
    {
        await using var site = await NewsSite.OpenAsync();
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync("/2024/09/robots-learn-to-swim"));
        Assert.Equal(HttpStatusCode.NotFound, await site.Reader.StatusAsync("/tag/robots"));

        await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);

        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/2024/09/robots-learn-to-swim"));
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/tag/robots"));
    }

    [Fact]
    public async Task A_head_request_is_answered_as_a_get_without_its_body()
    {
        await using var site = await NewsSite.OpenAsync();
        var address = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));

        foreach (var page in new[] { "/", address, "/feed" })
        {
            using var head = await site.Reader.SendAsync(new(HttpMethod.Head, page));
            using var get = await site.Reader.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            Assert.NotEmpty(await get.Content.ReadAsByteArrayAsync());
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        }
    }

    private static async Task<byte[]> VisitAsync(NewsSite site, string address, string name, string from)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Cookie", $"session=cookie-of-{name}");
        request.Headers.Add("User-Agent", $"Browser of {name}");
        request.Headers.Add("Accept-Language", name == "ada" ? "fr" : "de");
        request.Headers.Add("Referer", $"https://{name}.example/");
        request.Headers.Add("X-Forwarded-For", from);
        using var answer = await site.Reader.SendAsync(request);
        Assert.False(answer.Headers.Contains("Set-Cookie"), $"{address} sets a cookie");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    private static async Task<(string Encoding, string Text, string Tag, string Vary)> FetchAsync(NewsSite site, string address, string accepted)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await site.Reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var encoding = string.Join(", ", answer.Content.Headers.ContentEncoding);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream plain = encoding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(plain, Encoding.UTF8);
        return (encoding, await reader.ReadToEndAsync(), answer.Headers.ETag?.Tag ?? "", string.Join(", ", answer.Headers.Vary));
    }

    private static async Task<string> MainOfAsync(NewsSite site, string address) =>
        (await site.Reader.PageAsync(address)).QuerySelector("main")!.InnerHtml;
}
