using Microsoft.Net.Http.Headers;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Cuts the many spellings of Accept-Encoding down to three, so that the cache holds at most three answers a page.
/// </summary>
public static class Encodings
{
    public static IApplicationBuilder UseFewEncodings(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Request.Headers.AcceptEncoding = Best(http.Request.Headers.AcceptEncoding.ToString());
        return next(http);
    });

    internal static string Best(string accepted)
    {
        if (accepted.Length is 0 or > 1000 || !StringWithQualityHeaderValue.TryParseList([accepted], out var all)) return "";
        return Accepts("br") ? "br" : Accepts("gzip") ? "gzip" : "";

        bool Accepts(string name) => all.Any(e => e.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && e.Quality is null or > 0);
    }
}
