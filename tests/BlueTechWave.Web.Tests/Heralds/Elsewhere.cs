using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace BlueTechWave.Web.Tests.Heralds;

/// <summary>A server of somebody else's: keeps what it is sent, and answers as it is told to.</summary>
public sealed class Elsewhere : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Message> _messages = Channel.CreateUnbounded<Message>();

    private Elsewhere(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single() + "/hub";

    /// <summary>What it does before it answers, and the status of the answer.</summary>
    public Func<Message, Task<int>> Answer { get; set; } = _ => Task.FromResult(StatusCodes.Status204NoContent);

    public static async Task<Elsewhere> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var elsewhere = new Elsewhere(builder.Build());
        elsewhere._app.Run(elsewhere.TakeAsync);
        await elsewhere._app.StartAsync();
        return elsewhere;
    }

    /// <summary>The next message, however long it takes; what is waited for in between goes by with <paramref name="clock"/>.</summary>
    public async Task<Message> NextAsync(FakeTimeProvider? clock = null)
    {
        var next = _messages.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        for (var i = 0; i < 600; i++)
        {
            if (await Task.WhenAny(next, Task.Delay(50)) == next) return await next;
            clock?.Advance(TimeSpan.FromMinutes(1));
        }

        throw new TimeoutException("Nothing was told.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body);
        var message = new Message(http.Request.Method, http.Request.Path, http.Request.ContentType ?? "", await body.ReadToEndAsync());
        http.Response.StatusCode = await Answer(message);
        await _messages.Writer.WriteAsync(message);
    }
}

public sealed record Message(string Method, string Path, string ContentType, string Body)
{
    /// <summary>The values of one field of a form.</summary>
    public IReadOnlyList<string> Field(string name) => [.. QueryHelpers.ParseQuery(Body)[name].Select(v => v!)];
}
