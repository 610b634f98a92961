namespace BlueTechWave.Web.Security;

/// <summary>The same headers on every answer: nothing inline, nothing from elsewhere, no framing.</summary>
public static class SecurityHeaders
{
    // Video players are the one thing that may come from elsewhere, and only once a reader has asked for it.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; " +
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        // Pictures are shown by feed readers and on social cards; beside what programs read, nothing else is for other sites.
        var isPicture = http.Request.Path.StartsWithSegments("/img") || http.Request.Path.StartsWithSegments("/media");
        var isForPrograms = http.Request.Path.StartsWithSegments("/api/v1") || http.Request.Path.StartsWithSegments("/openapi");
        headers["Cross-Origin-Resource-Policy"] = isPicture || isForPrograms ? "cross-origin" : "same-origin";
        // Whoever reads by program may do so in a browser. Only what is public is there, and no cookie opens more of it.
        if (isForPrograms)
        {
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlExposeHeaders = "ETag, Link, RateLimit, RateLimit-Policy, Retry-After";
        }

        return next(http);
    });
}
