using System.Collections.Concurrent;
using System.Net;
using System.Text;
using BlueTechWave.Web.Jobs;
using Microsoft.Extensions.Logging;

namespace BlueTechWave.Web.Tests.Watching;

/// <summary>The paper in numbers, and who may have them.</summary>
public class FigureTests
{
    private const string Token = "a token that is long enough";

    [Fact]
    public async Task Nobody_finds_the_numbers_unless_somebody_has_opened_them()
    {
        await using var site = await NewsSite.OpenAsync();

        using var plain = await AskAsync(site);
        using var bearing = await AskAsync(site, Token);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (plain.StatusCode, bearing.StatusCode));
    }

    [Theory, EachStore]
    public async Task Who_bears_the_token_gets_numbers_that_can_be_read(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, $"Metrics:Token={Token}");
        var article = await site.PublishAsync("Robots learn to swim");
        await site.Reader.TextAsync(NewsSite.AddressOf(article));
        await site.Reader.TextAsync(NewsSite.AddressOf(article));
        await site.Reader.TextAsync("/search?q=robots");
        await site.Reader.TextAsync("/search?q=nothingofthekind");
        using var comment = await CommentAsync(site, article);
        await site.EditAsync(db => Task.FromResult(db.Add(new Core.Mail.OutgoingMail("ada@reader.example", "Hello", "Text.", site.Now))));
        await site.Services.GetRequiredService<MailSending>().SendDueAsync(TestContext.Current.CancellationToken);
        await site.EditAsync(db => Task.FromResult(db.Add(new Core.Mail.OutgoingMail("bea@reader.example", "Hello", "Text.", site.Now))));

        foreach (var wrong in new[] { null, "", "a token that is long enoug", "another token of that length" })
        {
            using var closed = await AskAsync(site, wrong);
            Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        }

        using var answer = await AskAsync(site, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var text = await answer.Content.ReadAsStringAsync();
        var numbers = Exposition.Read(text);

        Assert.Equal(1, numbers.Sum("btw_cache_lookups_total", "outcome=\"hit\""));
        Assert.Equal(3, numbers.Sum("btw_cache_lookups_total", "outcome=\"miss\""));
        Assert.Equal(3, numbers.Sum("btw_pages_made_total", "kept=\"yes\""));
        Assert.Equal(1, numbers.Sum("btw_searches_total", "found=\"yes\""));
        Assert.Equal(1, numbers.Sum("btw_searches_total", "found=\"no\""));
        Assert.Equal(1, numbers.Sum("btw_comments_total"));
        Assert.Equal(1, numbers.Sum("btw_mail_total", "outcome=\"sent\""));
        Assert.Equal(1, numbers.Sum("btw_waiting", "what=\"letters\""));
        Assert.Equal(numbers.Sum("btw_job_last_run_seconds", "job=\"Schedule\""), new DateTimeOffset(site.Now, TimeSpan.Zero).ToUnixTimeSeconds());
        Assert.True(numbers.Sum("http_server_request_duration_seconds_count", "search\"") == 2, string.Join('\n', text.Split('\n').Where(l => l.StartsWith("http_server_request_duration_seconds_count", StringComparison.Ordinal))));
        Assert.Superset(new HashSet<string> { "btw_errors_total", "btw_given_up", "dotnet_gc_collections_total" }, numbers.Names.ToHashSet());
        Assert.DoesNotContain("nothingofthekind", text, StringComparison.Ordinal);
        Assert.DoesNotContain("reader.example", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_needs_no_token_but_nobody_comes_from_it_through_a_proxy()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Metrics:Networks=127.0.0.1");

        using var near = await AskAsync(site);
        Assert.Equal(HttpStatusCode.OK, near.StatusCode);
        foreach (var header in new[] { "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 127.0.0.1", "X-Forwarded-For: nonsense", "Forwarded: for=203.0.113.9", "X-Real-IP: 203.0.113.9", "Via: 1.1 edge" })
        {
            using var far = await AskAsync(site, null, header);
            Assert.Equal((header, HttpStatusCode.NotFound), (header, far.StatusCode));
        }

        await using var other = await NewsSite.OpenAsync(Store.Sqlite, "Metrics:Networks=10.0.0.0/8");
        using var stranger = await AskAsync(other);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
    }

    [Fact]
    public async Task A_collector_that_is_named_is_sent_the_traces_of_pages_and_nothing_of_their_readers()
    {
        await using var collector = await Collector.OpenAsync();
        await using (var site = await NewsSite.OpenAsync(Store.Sqlite, $"OTEL_EXPORTER_OTLP_ENDPOINT={collector.Address}", "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf"))
        {
            site.Reader.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.77");
            site.Reader.DefaultRequestHeaders.Add("User-Agent", "marker-browser/7");
            await site.Reader.TextAsync("/search?q=embarrassingillness");
            await site.Reader.AnswerAsync("/tell/secretly@gossip.example");
        }

        var traces = string.Concat(collector.Received.Where(r => r.Path == "/v1/traces").Select(r => r.Text));
        Assert.Matches("GET /?search", traces);
        Assert.Contains("url.path", traces, StringComparison.Ordinal);
        Assert.Contains(collector.Received, r => r.Path == "/v1/metrics" && r.Text.Contains("btw.searches", StringComparison.Ordinal));
        foreach (var secret in new[] { "embarrassingillness", "203.0.113.77", "url.query", "client.address", "secretly", "marker-browser" })
            Assert.DoesNotContain(collector.Received, r => r.Text.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<HttpResponseMessage> AskAsync(NewsSite site, string? token = null, string? header = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        if (header is not null) request.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);
        return await site.Reader.SendAsync(request);
    }

    private static async Task<HttpResponseMessage> CommentAsync(NewsSite site, Core.Articles.Article article)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, NewsSite.AddressOf(article) + "/comments")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "Ada Reader", ["email"] = "ada@reader.example", ["body"] = "A sound observation.", ["stamp"] = await site.StampAsync(article) }),
        };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        return await site.Reader.SendAsync(request);
    }

    /// <summary>As much of a collector as an exporter needs: takes what comes.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        public ConcurrentQueue<(string Path, string Text)> Received { get; } = [];

        public static async Task<Collector> OpenAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._app.Run(async http =>
            {
                using MemoryStream body = new();
                await http.Request.Body.CopyToAsync(body);
                collector.Received.Enqueue((http.Request.Path, Encoding.UTF8.GetString(body.ToArray())));
                http.Response.ContentType = "application/x-protobuf";
            });
            await collector._app.StartAsync();
            return collector;
        }

        public async ValueTask DisposeAsync() => await _app.DisposeAsync();
    }
}
