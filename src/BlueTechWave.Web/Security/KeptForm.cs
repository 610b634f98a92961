using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace BlueTechWave.Web.Security;

/// <summary>
/// What somebody sent after her session had ended. The sign-in page takes it along, and hands it back to be sent again.
/// </summary>
public sealed record KeptForm(string Address, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>In bytes: how much a page of signing in takes along.</summary>
    public const int SizeLimit = 16 << 20;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The fields as one, to travel in a form of another purpose.</summary>
    public string Packed => JsonSerializer.Serialize(Fields.Select(f => new[] { f.Key, f.Value }), Readable);

    /// <summary>Null for what was never packed here.</summary>
    public static KeptForm? Unpack(string? address, string? packed)
    {
        if (string.IsNullOrEmpty(address) || string.IsNullOrEmpty(packed)) return null;
        try
        {
            var fields = JsonSerializer.Deserialize<string[][]>(packed) ?? [];
            return fields.All(f => f is [not null, not null]) ? new(address, [.. fields.Select(f => new KeyValuePair<string, string>(f[0], f[1]))]) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    internal static KeptForm? Of(HttpContext http) => http.Items[typeof(KeptForm)] as KeptForm;

    /// <summary>Asks somebody to sign in: a script with a plain 401, a browser with the page, keeping what it sent.</summary>
    internal static async Task ChallengeAsync(RedirectContext<CookieAuthenticationOptions> context)
    {
        var (http, request) = (context.HttpContext, context.Request);
        Sessions.ThrowIfUnknown(http);
        if (IsScript(request))
        {
            if (http.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        // Only what came from a page of ours: nobody is made to send what another site has written.
        if (HttpMethods.IsPost(request.Method) && request.HasFormContentType && SameOrigin.IsFromHere(request))
        {
            await KeepAsync(http);
            return;
        }

        context.Response.Redirect(context.RedirectUri);
    }

    private static async Task KeepAsync(HttpContext http)
    {
        if (await ReadAsync(http) is not { } form) return;
        var fields = form.SelectMany(field => field.Value.Select(value => new KeyValuePair<string, string>(field.Key, value ?? "")))
            .Where(field => field.Key != "__RequestVerificationToken" && !IsSecret(field.Key));
        http.Items[typeof(KeptForm)] = new KeptForm(http.Request.Path + http.Request.QueryString, [.. fields]);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    /// <summary>As long as the page itself would have taken it. Null, and the status says why, for what is no form.</summary>
    internal static async Task<IFormCollection?> ReadAsync(HttpContext http)
    {
        try
        {
            if (http.Features.Get<IFormFeature>()?.Form is { } read) return read;
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, new FormOptions { ValueLengthLimit = SizeLimit, MultipartBodyLengthLimit = SizeLimit }));
            return await http.Request.ReadFormAsync(http.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            http.Response.StatusCode = e.StatusCode;
        }
        catch (InvalidDataException)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }

        return null;
    }

    /// <summary>Never given back, not even to whoever typed it.</summary>
    internal static bool IsSecret(string field) => field.Contains("password", StringComparison.OrdinalIgnoreCase);

    internal static bool IsScript(HttpRequest request) =>
        request.Headers.XRequestedWith.Count > 0 || request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.OrdinalIgnoreCase);
}

public static class KeepingForms
{
    /// <summary>Answers a post that was kept with the sign-in page, at the address it was sent to.</summary>
    public static IApplicationBuilder UseKeptForms(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (KeptForm.Of(http) is null || http.Response.HasStarted || http.Response.StatusCode != StatusCodes.Status401Unauthorized) return;

        var (path, query, method) = (http.Request.Path, http.Request.QueryString, http.Request.Method);
        http.SetEndpoint(null);
        http.Features.Get<IRouteValuesFeature>()?.RouteValues.Clear();
        (http.Request.Path, http.Request.QueryString, http.Request.Method) = ("/account/login", QueryString.Empty, HttpMethods.Get);
        try
        {
            await next(http);
        }
        finally
        {
            (http.Request.Path, http.Request.QueryString, http.Request.Method) = (path, query, method);
        }
    });
}
