using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;

namespace BlueTechWave.Web.Webhooks;

/// <summary>What came of one attempt.</summary>
/// <param name="Error">Null: it has arrived.</param>
public sealed record WebhookAnswer(int? Status, int Milliseconds, string? Text, string? Error)
{
    /// <summary>The other side is there, though it may not want this.</summary>
    public bool IsAnswer => Status is not null;
}

/// <summary>Carries one delivery to where it belongs, and brings the answer.</summary>
public sealed class WebhookPost(Outside outside, WebhookSecrets secrets, SiteAddress address, TimeProvider clock) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private const int ReadAtMost = 16 << 10;

    private readonly HttpClient _http = new(outside.Handler()) { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    public async Task<WebhookAnswer> SendAsync(WebhookDelivery delivery, CancellationToken stopping)
    {
        var began = Stopwatch.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stopping);
        try
        {
            var now = clock.GetUtcNow().UtcDateTime;
            using var message = WebhookMessage.Of(delivery.Webhook.Target, delivery.Key, WebhookMessage.BodyOf(delivery, address), secrets.KeysOf(delivery.Webhook, now), now);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, either.Token);
            var text = await TextAsync(answer, either.Token);
            return new((int)answer.StatusCode, Spent(), text, Refusal(answer.StatusCode));
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            return new(null, Spent(), null, "No answer within ten seconds.");
        }
        catch (CryptographicException)
        {
            return new(null, Spent(), null, "The secret cannot be opened with the keys that the site has. Renew it.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException or IOException or FormatException or UriFormatException or InvalidOperationException)
        {
            return new(null, Spent(), null, e is HttpRequestException { InnerException: AuthenticationException } ? $"{e.Message} {e.InnerException!.Message}" : e.Message);
        }

        int Spent() => (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    private static string? Refusal(HttpStatusCode status) => (int)status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => "It answered with a redirect; none is followed. Give the address it leads to.",
        _ => $"It answered {(int)status}.",
    };

    /// <summary>The beginning is enough to see what is wrong, and nobody can make us read more.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        var bytes = new byte[ReadAtMost];
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellation);
        var read = await stream.ReadAtLeastAsync(bytes, ReadAtMost, throwOnEndOfStream: false, cancellation);
        return Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(read, WebhookDelivery.AnswerLength)));
    }
}
