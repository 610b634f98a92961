using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace BlueTechWave.Web.Tests.Webhooks;

/// <summary>Somebody else's server that is told things: keeps what it gets, answers as it is told to, and believes only signatures that it has worked out itself.</summary>
public sealed class Listener : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<Told> _told = Channel.CreateUnbounded<Told>();

    private Listener(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single() + "/hook?key=0xc0ffee";

    public ConcurrentQueue<Told> All { get; } = [];

    /// <summary>How it answers; by default with 204.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = http =>
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public static async Task<Listener> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var listener = new Listener(builder.Build());
        listener._app.Run(listener.TakeAsync);
        await listener._app.StartAsync();
        return listener;
    }

    /// <summary>The next message, as soon as it is there.</summary>
    public async Task<Told> NextAsync() => await _told.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30));

    public void AnswerWith(int status, string text = "") => Answer = async http =>
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(text);
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var told = new Told(http.Request.Method, http.Request.Path + http.Request.QueryString, http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
        All.Enqueue(told);
        _told.Writer.TryWrite(told);
        await Answer(http);
    }
}

public sealed record Told(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Event => Json.GetProperty("event").GetString()!;

    /// <summary>As the specification says, in other words than ours.</summary>
    public bool IsSignedBy(string secret)
    {
        Assert.StartsWith("whsec_", secret);
        using var mac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var signed = Encoding.UTF8.GetBytes(Headers["webhook-id"] + "." + Headers["webhook-timestamp"] + ".").Concat(Body).ToArray();
        return Headers["webhook-signature"].Split(' ').Contains("v1," + Convert.ToBase64String(mac.ComputeHash(signed)));
    }
}

/// <summary>What an owner does with webhooks, and what the paper does.</summary>
internal static class Hooks
{
    public const string Desk = "/newsroom/settings/webhooks";
    public const string Private = "Webhooks:AllowPrivateAddresses=true";

    /// <summary>By the form; told of everything unless it is said of what.</summary>
    /// <returns>Which, and its secret, as it was shown.</returns>
    public static async Task<(int Id, string Secret)> HookAsync(this Colleague owner, Listener listener, params WebhookEvent[] events)
    {
        using var answer = await owner.FillAsync($"{Desk}/new", "Newsletter", listener.Address, events.Length == 0 ? [.. WebhookEvents.All] : events);
        var made = answer.Headers.Location!.OriginalString;
        var page = await owner.ReadAsync(made);
        return (int.Parse(made.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture), page.QuerySelector<IHtmlInputElement>("#secret")!.Value);
    }

    public static async Task<HttpResponseMessage> FillAsync(this Colleague owner, string address, string name, string target, params WebhookEvent[] events)
    {
        var form = Reading.Form(await owner.ReadAsync(address));
        var typed = Colleague.Filled(form).Where(f => f.Key is not ("events" or "name" or "target"))
            .Concat(events.Select(e => KeyValuePair.Create("events", e.Name()))).Append(new("name", name)).Append(new("target", target));
        return await owner.Http.PostAsync(address, new FormUrlEncodedContent(typed));
    }

    /// <summary>What the job does every two seconds.</summary>
    public static Task TellAsync(this NewsSite site) => site.Services.GetRequiredService<WebhookSending>().SendDueAsync(TestContext.Current.CancellationToken);

    public static Task<List<WebhookDelivery>> DeliveriesAsync(this NewsSite site) => site.AskAsync(db => db.WebhookDeliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync());

    public static Task<Webhook> HookAsync(this NewsSite site, int id) => site.AskAsync(db => db.Webhooks.AsNoTracking().SingleAsync(w => w.Id == id));
}
