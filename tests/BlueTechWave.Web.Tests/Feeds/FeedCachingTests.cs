using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using BlueTechWave.Core.Audit;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace BlueTechWave.Web.Tests.Feeds;

/// <summary>Feed readers ask every few minutes: they get little, and never what is no longer true.</summary>
public sealed class FeedCachingTests : IAsyncLifetime
{
    private readonly FeedSite _site = new();

    public static TheoryData<string> Everything =>
    [
        "/feed", "/feed/atom", "/feed/json", "/category/fintech/regulation/feed", "/tag/cables/feed/atom", "/author/ana-reporter/feed/json",
        "/comments/feed", "/2025/07/a-rule-for-coins/feed", "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/articles-1.xml", "/sitemap-news.xml", "/robots.txt",
    ];

    public async ValueTask InitializeAsync()
    {
        await _site.InitializeAsync();
        await _site.WriteAsync("A rule for coins", FeedSite.Now.AddHours(-5), "fintech/regulation");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task A_second_reader_is_served_from_the_cache_and_a_returning_one_gets_304(string path)
    {
        using var first = await _site.Reader.GetAsync(path);
        using var second = await _site.Reader.GetAsync($"{path}?utm_source=newsletter");
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await _site.Reader.SendAsync(again);

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotNull(second.Headers.Age);
        Assert.Equal(HttpStatusCode.NotModified, third.StatusCode);
        Assert.Empty(await third.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_reader_that_knows_only_dates_gets_304_too()
    {
        using var first = await _site.Reader.GetAsync("/feed");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/feed") { Headers = { IfModifiedSince = first.Content.Headers.LastModified } };
        using var second = await _site.Reader.SendAsync(again);

        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    [InlineData("/feed/json")]
    public async Task A_reader_that_knows_only_dates_keeps_nothing_that_was_withdrawn_or_mended_without_a_word(string path)
    {
        var newest = await _site.WriteAsync("Breaking", FeedSite.Now);
        using var first = await _site.Reader.GetAsync(path);

        await _site.ChangeAsync(newest, a => a.Withdraw("Untrue.", FeedSite.Now));
        var afterWithdrawal = await AgainAsync(path, first.Content.Headers.LastModified!.Value);
        await _site.ChangeAsync(1, a => a.Write(new("A better headline", ["A point."], "Words."), FeedSite.Now));
        var afterMending = await AgainAsync(path, afterWithdrawal.Modified);

        Assert.DoesNotContain("breaking", afterWithdrawal.Text, StringComparison.Ordinal);
        Assert.Contains("A better headline", afterMending.Text, StringComparison.Ordinal);
    }

    /// <summary>Asks twice: the second answer comes from the cache, which compares the dates.</summary>
    private async Task<(string Text, DateTimeOffset Modified)> AgainAsync(string path, DateTimeOffset since)
    {
        _ = await _site.Reader.GetStringAsync(path);
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfModifiedSince = since } };
        using var answer = await _site.Reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadAsStringAsync(), answer.Content.Headers.LastModified!.Value);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Nothing_asks_the_store_more_than_three_times_or_walks_through_the_articles(string path)
    {
        _ = await _site.ReadAsync("/robots.txt");
        _ = await _site.ReadAsync("/category/fintech/feed"); // The frame is loaded now.
        var (_, queries) = await _site.ReadAsync(path);

        Assert.InRange(queries.Count, 0, 3);
        await _site.UseAsync(async db =>
        {
            foreach (var query in queries)
            {
                var plan = await query.PlanAsync(db);
                Assert.False(plan.Split('\n').Any(step => step.StartsWith("SCAN a", StringComparison.Ordinal)), $"{query.Sql}\n{plan}");
                Assert.DoesNotContain("IX_Articles_Status", plan, StringComparison.Ordinal);
            }
        });
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_feed_travels_compressed_with_an_entity_tag_for_each_encoding(string encoding)
    {
        using var plain = await _site.Reader.GetAsync("/feed");
        for (var time = 0; time < 2; time++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/feed") { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue(encoding) } } };
            using var answer = await _site.Reader.SendAsync(request);
            var body = await answer.Content.ReadAsStreamAsync();
            await using Stream unpacked = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
            using var text = new StreamReader(unpacked);

            Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
            Assert.NotEqual(plain.Headers.ETag, answer.Headers.ETag);
            Assert.Equal(await plain.Content.ReadAsStringAsync(), await text.ReadToEndAsync());
        }
    }

    [Theory]
    [InlineData("/feed")]
    [InlineData("/feed/atom")]
    [InlineData("/feed/json")]
    [InlineData("/category/fintech/feed")]
    [InlineData("/tag/cables/feed")]
    [InlineData("/author/ana-reporter/feed/atom")]
    [InlineData("/sitemaps/articles-1.xml")]
    [InlineData("/sitemap-news.xml")]
    public async Task What_is_published_is_there_at_once_and_what_is_withdrawn_is_gone_at_once(string path)
    {
        _ = await _site.Reader.GetStringAsync(path);
        var id = await _site.WriteAsync("Breaking", FeedSite.Now, "fintech/payments");
        Assert.Contains("2025/07/breaking", await _site.Reader.GetStringAsync(path));

        await _site.ChangeAsync(id, a => a.Withdraw("Untrue.", FeedSite.Now));
        Assert.DoesNotContain("breaking", await _site.Reader.GetStringAsync(path));
    }

    [Theory]
    [InlineData("/feed", "A better headline")]
    [InlineData("/feed/json", "A better headline")]
    [InlineData("/comments/feed", "A better headline")]
    [InlineData("/2025/07/a-rule-for-coins/feed", "A better headline")]
    [InlineData("/sitemap-news.xml", "A better headline")]
    [InlineData("/sitemaps/articles-1.xml", "2025-07-10T11:59:00Z")]
    public async Task A_mended_article_is_mended_everywhere(string path, string shown)
    {
        await _site.CommentAsync(1, "Rosa", "Well said.", c => c.Approve(Actor.System, FeedSite.Now));
        _ = await _site.Reader.GetStringAsync(path);
        await _site.ChangeAsync(1, a =>
        {
            a.Write(new("A better headline", ["A point."], "Words."), FeedSite.Now);
            a.Update(FeedSite.Now.AddMinutes(-1));
        });

        Assert.Contains(shown, await _site.Reader.GetStringAsync(path));
    }

    [Fact]
    public async Task A_renamed_tag_or_author_is_renamed_in_the_feeds()
    {
        _ = await _site.Reader.GetStringAsync("/feed/json");
        _ = await _site.Reader.GetStringAsync("/tag/cables/feed");
        await _site.UseAsync(async db =>
        {
            (await db.Tags.SingleAsync()).Rename("Submarine cables");
            await db.SaveChangesAsync();
        });

        Assert.Contains("Submarine cables", await _site.Reader.GetStringAsync("/feed/json"));
        Assert.Contains("<title>Submarine cables – ", await _site.Reader.GetStringAsync("/tag/submarine-cables/feed"));
    }

    [Fact]
    public async Task A_feed_also_answers_HEAD()
    {
        using var answer = await _site.Reader.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/feed"));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/rss+xml", answer.Content.Headers.ContentType!.MediaType);
    }
}
