using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueTechWave.Core.Accounts;
using Microsoft.EntityFrameworkCore;

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
    public async Task A_client_that_sends_its_words_one_by_one_is_dropped()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Load:SlowSeconds=2");
        var article = await site.PublishAsync("Robots learn to swim");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var socket = new TcpClient();
        await socket.ConnectAsync(site.Address.Host, site.Address.Port, patience.Token);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {NewsSite.AddressOf(article)}/comments HTTP/1.1\r\nHost: {site.Address.Authority}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 4000\r\n\r\nname=Ada&body=I"), patience.Token);

        Assert.StartsWith("HTTP/1.1 4", await ToTheEndAsync(stream, patience.Token), StringComparison.Ordinal);
        Assert.Equal(0, await site.AskAsync(db => db.Comments.CountAsync()));
    }

    /// <summary>She has the only connection there may be, asks for a thousand pages and takes none of them.</summary>
    [Fact]
    public async Task A_client_that_does_not_take_what_it_asked_for_makes_room_for_another()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "Load:Connections=1", "Load:SlowSeconds=2", "Load:SlowBytesPerSecond=100000");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var slow = new TcpClient { ReceiveBufferSize = 4096 };
        await slow.ConnectAsync(site.Address.Host, site.Address.Port, patience.Token);
        await using var stream = slow.GetStream();
        var asking = stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"GET / HTTP/1.1\r\nHost: {site.Address.Authority}\r\n\r\n", 1000))), patience.Token).AsTask();

        while ((await Wire.SendAsync(site.Address, Wire.Request(site.Address, "/healthz/live"))).Status != 200) await Task.Delay(100, patience.Token);

        await Assert.ThrowsAnyAsync<IOException>(async () =>
        {
            await asking;
            await ToTheEndAsync(stream, patience.Token);
        });
    }

    [Theory, EachStore]
    public async Task A_page_that_is_not_made_in_time_is_given_up(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishAsync("Robots learn to swim");
        await using var held = await HoldPlaceAsync(site);

        site.Clock.Advance(TimeSpan.FromSeconds(11));

        using var answer = await held.LetGoAsync();
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (answer.StatusCode, answer.Headers.RetryAfter is not null));
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
        public async Task<HttpResponseMessage> LetGoAsync()
        {
            mayGo.TrySetResult();
            return await made;
        }

        public async ValueTask DisposeAsync() => (await LetGoAsync()).Dispose();
    }
}
