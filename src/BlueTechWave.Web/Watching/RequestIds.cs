using System.Security.Cryptography;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Watching;

/// <summary>
/// A number for each request, in its answer and in all that is logged of it: a reader can quote it, an operator can look it up.
/// A proxy that is known may bring its own.
/// </summary>
internal static class RequestIds
{
    public const string Header = "X-Request-Id";

    // Nothing that is mistaken for something else when it is read out.
    private const string Letters = "23456789abcdefghjkmnpqrstuvwxyz";
    private const int Length = 12;

    /// <summary>First of all: it asks who is at the other end before anybody is believed about it.</summary>
    public static IApplicationBuilder UseRequestIds(this IApplicationBuilder app)
    {
        var proxies = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Networks();
        return app.Use((http, next) =>
        {
            var given = http.Request.Headers[Header];
            http.TraceIdentifier = given is [{ } id] && IsOne(id) && proxies.Hold(http.Connection.RemoteIpAddress) ? id : RandomNumberGenerator.GetString(Letters, Length);
            // As the answer leaves, so that the cache keeps nobody's.
            http.Response.OnStarting(static state => Tell((HttpContext)state), http);
            return next(http);
        });
    }

    private static Task Tell(HttpContext http)
    {
        http.Response.Headers[Header] = http.TraceIdentifier;
        return Task.CompletedTask;
    }

    private static bool IsOne(string id) => id.Length is >= 8 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
