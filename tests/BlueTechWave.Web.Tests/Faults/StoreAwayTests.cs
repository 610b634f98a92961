using System.Net;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>The store cannot be had: readers read on.</summary>
public class StoreAwayTests
{
    private static readonly TimeSpan LongerThanFresh = TimeSpan.FromHours(7);

    [Theory, EachStore]
    public async Task What_was_read_lately_is_still_there(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = NewsSite.AddressOf(await site.PublishAsync("Robots learn to swim"));
        string[] addresses = ["/", article, "/category/ai", "/feed", "/sitemap.xml", "/api/v1/articles"];
        var before = new List<string>();
        foreach (var address in addresses) before.Add(await KeptAsync(site, address));

        await using var away = await Mishap.TakeAwayAsync(site);

        foreach (var (address, text) in addresses.Zip(before)) Assert.Equal(text, await site.Reader.TextAsync(address));
    }

    [Theory, EachStore]
    public async Task A_page_whose_time_is_over_is_given_as_it_was_and_says_so_until_another_can_be_made(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        var before = await KeptAsync(site, "/");
        site.Clock.Advance(LongerThanFresh);

        await using (await Mishap.TakeAwayAsync(site))
        {
            // The first is given it after a try, those of the next seconds at once.
            for (var i = 0; i < 2; i++)
            {
                using var stale = await site.Reader.GetAsync("/");
                Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
                Assert.Equal(before, await stale.Content.ReadAsStringAsync());
                Assert.Equal("BlueTechWave; hit; ttl=-3600", Assert.Single(stale.Headers.GetValues("Cache-Status")));
                Assert.NotNull(stale.Headers.ETag);
            }
        }

        site.Clock.Advance(TimeSpan.FromSeconds(3));
        using var made = await site.Reader.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        Assert.False(made.Headers.Contains("Cache-Status"));
        Assert.Null(made.Headers.Age);
        // Whoever could not hear what other nodes saved empties its cache once more when it can.
        for (var tries = 0; !await site.Reader.IsCachedAsync("/"); tries++) Assert.True(tries < 20, "It is never kept again.");
    }

    [Theory, EachStore]
    public async Task Not_even_then_is_a_page_given_that_is_older_than_a_day(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await KeptAsync(site, "/");
        site.Clock.Advance(TimeSpan.FromHours(31));

        await using var away = await Mishap.TakeAwayAsync(site);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.Reader.StatusAsync("/"));
    }

    /// <summary>As after a time in which other nodes could not be heard.</summary>
    [Theory, EachStore]
    public async Task A_page_that_is_doubted_is_made_anew_and_given_only_where_it_cannot_be(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var cache = site.Services.GetRequiredService<Caching.CacheInvalidation>();
        var before = await KeptAsync(site, "/");
        cache.Doubt();
        Assert.False(await site.Reader.IsCachedAsync("/"));
        Assert.Equal(before, await KeptAsync(site, "/"));
        cache.Doubt();

        await using var away = await Mishap.TakeAwayAsync(site);

        using var answer = await site.Reader.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await answer.Content.ReadAsStringAsync());
        Assert.Equal("BlueTechWave; hit; ttl=0", Assert.Single(answer.Headers.GetValues("Cache-Status")));
    }

    [Theory, EachStore]
    public async Task A_withdrawn_article_does_not_come_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to lie");
        string[] addresses = [NewsSite.AddressOf(article), "/", "/feed"];
        foreach (var address in addresses) Assert.Contains("Robots learn to lie", await KeptAsync(site, address), StringComparison.Ordinal);
        site.Clock.Advance(LongerThanFresh);
        await site.WithdrawAsync(article);

        await using var away = await Mishap.TakeAwayAsync(site);

        foreach (var address in addresses)
        {
            using var answer = await site.Reader.GetAsync(address);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.DoesNotContain("Robots learn to lie", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    [Theory, EachStore]
    public async Task Who_asks_for_a_page_that_nobody_kept_is_told_when_to_come_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        _ = await site.Reader.TextAsync("/");
        await using var away = await Mishap.TakeAwayAsync(site);

        foreach (var address in new[] { "/2024/09/robots-learn-to-swim", "/search?q=robots", "/nowhere", "/Archives/" })
        {
            using var answer = await site.Reader.GetAsync(address);
            if (address == "/Archives/")
            {
                Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
                continue;
            }

            var page = Reading.Parse(await answer.Content.ReadAsStringAsync());
            Assert.Equal((HttpStatusCode.ServiceUnavailable, 30, "no-store"), (answer.StatusCode, answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, answer.Headers.CacheControl!.ToString()));
            Assert.Equal("We will be right back", page.QuerySelector("h1")!.TextContent);
            // The masthead is remembered, so that one can go on to what is kept.
            Assert.NotNull(page.QuerySelector("nav.nav a[href='/category/ai']"));
            Assert.True(answer.Headers.Contains("X-Content-Type-Options"));
        }

        Assert.Equal("503 text/plain", await KindAsync("/tag/robots/feed"));
        Assert.Equal("503 application/problem+json", await KindAsync("/api/v1/tags"));
        Assert.Equal("200 text/plain", await KindAsync("/healthz/live"));

        async Task<string> KindAsync(string address)
        {
            using var answer = await site.Reader.GetAsync(address);
            Assert.True(answer.IsSuccessStatusCode || answer.Headers.RetryAfter is not null, address);
            return $"{(int)answer.StatusCode} {answer.Content.Headers.ContentType!.MediaType}";
        }
    }

    [Theory, EachStore]
    public async Task Before_anybody_has_read_anything_the_page_stands_alone(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await using var away = await Mishap.TakeAwayAsync(site);

        using var answer = await site.Reader.GetAsync("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("We will be right back", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, EachStore]
    public async Task Somebody_signed_in_reads_on_as_well_and_is_still_signed_in_afterwards(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        _ = await site.Reader.TextAsync("/");

        await using (await Mishap.TakeAwayAsync(site))
        {
            await noor.ReadAsync("/");
            var desk = await noor.ReadAsync("/newsroom", HttpStatusCode.ServiceUnavailable);
            Assert.Equal("We will be right back", desk.QuerySelector("h1")!.TextContent);
        }

        await noor.ReadAsync("/newsroom");
    }

    [Theory, EachStore]
    public async Task The_log_hears_of_it_once_and_once_that_it_is_over(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, Mishap.Impatient);
        await using (await Mishap.TakeAwayAsync(site))
            for (var i = 0; i < 5; i++) Assert.Equal(HttpStatusCode.ServiceUnavailable, await site.Reader.StatusAsync("/"));
        for (var i = 0; i < 2; i++) _ = await site.Reader.TextAsync($"/search?q=robots{i}");

        Assert.Single(site.Log.Lines, line => line.StartsWith("Error: The store does not answer.", StringComparison.Ordinal));
        Assert.Single(site.Log.Lines, line => line.StartsWith("Warning: The store answers again", StringComparison.Ordinal));
    }

    [Theory, EachStore]
    public async Task While_somebody_else_writes_without_end_everything_is_read_as_ever(Store store)
    {
        await using var first = await NewsSite.OpenAsync(store);
        var article = NewsSite.AddressOf(await first.PublishAsync("Robots learn to swim"));
        await using var site = await Mishap.OpenAsync(first);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        site.Clock.Advance(TimeSpan.FromMinutes(6));

        await using var busy = await Mishap.LockAsync(site, "Articles", "Sessions");

        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync(article), StringComparison.Ordinal);
        Assert.Contains("Robots learn to swim", await site.Reader.TextAsync("/"), StringComparison.Ordinal);
        // Her session is to be marked as used, which waits for another time.
        await noor.ReadAsync("/newsroom");
    }

    /// <summary>A page is sent before it is kept.</summary>
    private static async Task<string> KeptAsync(NewsSite site, string address)
    {
        for (var tries = 0; !await site.Reader.IsCachedAsync(address); tries++) Assert.True(tries < 20, $"{address} is never kept.");
        return await site.Reader.TextAsync(address);
    }
}
