using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueTechWave.Core.Accounts;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>More come than can be served: some wait, some are asked to come back, and the rest of the paper goes on.</summary>
public class CrowdTests
{
    private static readonly string[] OnePlace = ["Load:PagesAtOnce=1", "Load:PagesWaiting=1"];

    [Theory, EachStore]
    public async Task With_all_places_taken_kept_pages_and_the_newsroom_come_and_of_others_who_finds_no_seat_is_asked_to_come_back(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, OnePlace);
        using var noor = await Colleague.ArriveAsync(site, Role.Editor, "Noor Haddad");
        _ = await site.Reader.TextAsync("/");
        await using var held = await HoldPlaceAsync(site);

        var (one, other) = (site.Reader.GetAsync("/category/ai"), site.Reader.GetAsync("/tag/robots/feed"));
        var refused = await Task.WhenAny(one, other);
        var waits = refused == one ? other : one;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 5), ((await refused).StatusCode, (int)(await refused).Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        using var page = await site.Reader.GetAsync("/search?q=" + new string('r', 300));
        Assert.Equal("Many are reading at once", Reading.Parse(await page.Content.ReadAsStringAsync()).QuerySelector("h1")!.TextContent);

        Assert.True(await site.Reader.IsCachedAsync("/"));
        await noor.ReadAsync("/newsroom");
        Assert.Equal(HttpStatusCode.OK, await site.Reader.StatusAsync("/account/login"));
        Assert.False(waits.IsCompleted);
        await held.LetGoAsync();
        Assert.NotEqual(HttpStatusCode.ServiceUnavailable, (await waits).StatusCode);
    }

    [Theory, EachStore]
    public async Task Nobody_waits_for_a_place_without_end(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, OnePlace);
        await using var held = await HoldPlaceAsync(site);
        var (one, other) = (site.Reader.GetAsync("/category/ai"), site.Reader.GetAsync("/archives"));
        var refused = await Task.WhenAny(one, other);
        var waits = refused == one ? other : one;

        // Who was refused came second, so that the first is in its seat.
        site.Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await waits).StatusCode);
    }

    [Theory, EachStore]
    public async Task Rather_than_send_a_reader_away_the_paper_gives_her_the_page_of_before(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store, "Load:PagesAtOnce=1", "Load:PagesWaiting=0");
        var before = await site.Reader.TextAsync("/");
        site.Clock.Advance(TimeSpan.FromHours(7));
        await using var held = await HoldPlaceAsync(site);

        using var answer = await site.Reader.GetAsync("/");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(before, await answer.Content.ReadAsStringAsync());
        Assert.True(answer.Headers.Contains("Cache-Status"));
    }

    [Fact]
    public async Task A_client_that_never_says_what_it_wants_is_dropped()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Load:HeaderSeconds=1");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Address.Host, site.Address.Port, patience.Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: "), patience.Token);

        Assert.StartsWith("HTTP/1.1 408", await ToTheEndAsync(stream, patience.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Beyond_as_many_connections_as_may_be_none_is_taken()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Load:Connections=1");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var first = new TcpClient();
        await first.ConnectAsync(site.Address.Host, site.Address.Port, patience.Token);
        await using var line = first.GetStream();
        await line.WriteAsync(Encoding.ASCII.GetBytes($"GET /healthz/live HTTP/1.1\r\nHost: {site.Address.Authority}\r\n\r\n"), patience.Token);
        Assert.NotEqual(0, await line.ReadAsync(new byte[1], patience.Token));

        Assert.Equal(0, (await Wire.SendAsync(site.Address, Wire.Request(site.Address, "/healthz/live"))).Status);
    }

    private static async Task<string> ToTheEndAsync(NetworkStream stream, CancellationToken cancellation)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancellation);
        return Encoding.ASCII.GetString(all.ToArray());
    }

    private static async Task<HeldPlace> HoldPlaceAsync(NewsSite site)
    {
        var (isHeld, mayGo) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        site.Queries.InterruptAfter(sql => sql.Contains("ArticleSearch", StringComparison.Ordinal) || sql.Contains("\"Authors\"", StringComparison.Ordinal), () =>
        {
            isHeld.TrySetResult();
            return mayGo.Task;
        });
        var made = site.Reader.GetAsync("/author/lina-moreau");
        await isHeld.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return new(made, mayGo);
    }

    /// <summary>A page that is being made and does not get on.</summary>
    private sealed class HeldPlace(Task<HttpResponseMessage> made, TaskCompletionSource mayGo) : IAsyncDisposable
    {
        public async Task LetGoAsync()
        {
            mayGo.TrySetResult();
            (await made).Dispose();
        }

        public async ValueTask DisposeAsync() => await LetGoAsync();
    }
}
