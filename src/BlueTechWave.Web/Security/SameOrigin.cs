namespace BlueTechWave.Web.Security;

/// <summary>
/// Guards posts from cached pages, which can hold no antiforgery token: the browser itself says where a form came
/// from (Fetch Metadata, and Origin for older ones).
/// </summary>
public static class SameOrigin
{
    public static bool IsFromHere(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site == "same-origin";

        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0) return IsHere(origin, request);
        var referer = request.Headers.Referer.ToString();
        return referer.Length > 0 && IsHere(referer, request);
    }

    private static bool IsHere(string address, HttpRequest request) =>
        Uri.TryCreate(address, UriKind.Absolute, out var from) &&
        string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
