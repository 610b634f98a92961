using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using BlueTechWave.Web.Tests.Newsroom;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Faults;

/// <summary>The real site in a process of its own, told to stop while somebody is sending something.</summary>
public class StopTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory, EachStore]
    public async Task A_site_that_is_stopped_says_so_first_answers_what_is_under_way_and_keeps_what_was_sent(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        var article = await site.PublishAsync("Robots learn to swim");
        using var running = await RunningSite.StartAsync(site, "Load:DrainSeconds=8", "Comments:LeastSeconds=0");
        using var patience = new CancellationTokenSource(Patience);
        using var reader = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = running.Address };
        Assert.Equal(HttpStatusCode.OK, await reader.StatusAsync("/healthz/ready"));
        // Made where and when it will be read: by the clock of the machine, not of the paper.
        var stamp = ((AngleSharp.Html.Dom.IHtmlInputElement)(await reader.PageAsync(NewsSite.AddressOf(article))).QuerySelector("#respond [name=stamp]")!).Value;
        var sent = $"name=Ada+Reader&email=ada%40reader.example&stamp={Uri.EscapeDataString(stamp)}&body=I+was+there+to+the+very+end.";
        using var socket = new TcpClient();
        await socket.ConnectAsync(running.Address.Host, running.Address.Port, patience.Token);
        await using var line = socket.GetStream();
        await WriteAsync(string.Create(CultureInfo.InvariantCulture, $"POST {NewsSite.AddressOf(article)}/comments HTTP/1.1\r\nHost: {running.Address.Authority}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {sent.Length}\r\nExpect: 100-continue\r\n\r\n"));
        // Only when the site asks for it is the request under way.
        Assert.StartsWith("HTTP/1.1 100", await ReadAsync(), StringComparison.Ordinal);
        await WriteAsync(sent[..20]);

        await running.TerminateAsync();
        while (await reader.StatusAsync("/healthz/ready") != HttpStatusCode.ServiceUnavailable) patience.Token.ThrowIfCancellationRequested();
        using (var last = await reader.GetAsync("/", patience.Token)) Assert.Equal((HttpStatusCode.OK, true), (last.StatusCode, last.Headers.ConnectionClose));
        await WriteAsync(sent[20..]);
        var answer = await ReadAsync();

        Assert.StartsWith("HTTP/1.1 303", answer, StringComparison.Ordinal);
        Assert.Equal(0, await running.EndAsync());
        Assert.Equal("I was there to the very end.", await site.AskAsync(db => db.Comments.Select(c => c.Body).SingleAsync()));

        async Task WriteAsync(string text) => await line.WriteAsync(Encoding.ASCII.GetBytes(text), patience.Token);

        async Task<string> ReadAsync()
        {
            var (all, part) = (new StringBuilder(), new byte[4096]);
            while (!all.ToString().Contains("\r\n\r\n", StringComparison.Ordinal) && await line.ReadAsync(part, patience.Token) is > 0 and var read) all.Append(Encoding.ASCII.GetString(part, 0, read));
            return all.ToString();
        }
    }
}
