using System.Globalization;
using BlueTechWave.Core.Api;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.Diagnostics;

namespace BlueTechWave.Web.Api;

/// <summary>Marks what programs ask for.</summary>
internal sealed class ForPrograms
{
    public static readonly ForPrograms Mark = new();
}

/// <summary>
/// Where programs come in: who asks, how often, and in which way. In front of the cache, which holds nothing of it: what is said to
/// one asker alone is added when the answer leaves.
/// </summary>
internal sealed class ApiDoor(ApiLimits limits, KnownKeys keys, KeyUses uses, ILogger<ApiDoor> log)
{
    private const string Scheme = "Bearer ";
    private const string Methods = "GET, HEAD, OPTIONS";

    public async Task PassAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsOptions(http.Request.Method))
        {
            AnswerPreflight(http.Response);
            return;
        }

        if (await RefuseAsync(http) is { } problem)
        {
            await problem.WriteAsync(http);
            return;
        }

        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested && Faults.Faults.Of(e) is null)
        {
            log.LogError(e, "{Method} {Path} failed.", http.Request.Method, http.Request.Path);
            http.Response.Headers.Remove("Link");
            await new Problem(ProblemType.Failure, ProblemType.Failure.Says).WriteAsync(http);
        }
    }

    /// <summary>Null to go on.</summary>
    private async Task<Problem?> RefuseAsync(HttpContext http)
    {
        var (key, standing) = await AskAsync(http);
        http.Response.OnStarting(() => Tell(http.Response, standing));
        if (standing.IsOver)
        {
            http.Response.Headers.RetryAfter = standing.Seconds.ToString(CultureInfo.InvariantCulture);
            return new(ProblemType.TooMany, $"{standing.Most} requests a minute are answered here. The next minute begins in {standing.Seconds} seconds.");
        }

        if (key is null && IsKeyed(http.Request))
        {
            http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            return new(ProblemType.BadKey, ProblemType.BadKey.Says);
        }

        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return null;
        http.Response.Headers.Allow = Methods;
        return new(ProblemType.BadMethod, ProblemType.BadMethod.Says);
    }

    private async Task<(int? Key, Standing Standing)> AskAsync(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (!IsKeyed(http.Request)) return (null, await limits.TakeAsync(address));

        if (await FindAsync(http) is not { } key) return (null, await limits.TakeGuessAsync(address));
        uses.Count(key);
        return (key, await limits.TakeAsync(key));
    }

    private async Task<int?> FindAsync(HttpContext http)
    {
        var given = http.Request.Headers.Authorization.ToString();
        if (!given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || given[Scheme.Length..].Trim() is var key && !ApiKey.IsOne(key)) return null;

        var hash = ApiKey.HashOf(key);
        if (keys.Recall(hash) is { } known) return known;
        // Who guesses is not to keep the store busy; a key that has opened before is no guess.
        if (!keys.Knows(hash) && (await limits.TakeGuessAsync(http.Connection.RemoteIpAddress, requests: 0)).IsOver) return null;
        return await keys.FindAsync(http.RequestServices.GetRequiredService<NewsDbContext>(), hash, http.RequestAborted);
    }

    private static bool IsKeyed(HttpRequest request) => request.Headers.Authorization.Count > 0;

    /// <summary>As the draft “RateLimit header fields for HTTP” of the IETF writes it.</summary>
    private static Task Tell(HttpResponse response, Standing standing)
    {
        response.Headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"{standing.Policy}\";q={standing.Most};w=60");
        response.Headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"{standing.Policy}\";r={standing.Left};t={standing.Seconds}");
        return Task.CompletedTask;
    }

    /// <summary>A browser asks first whether a page elsewhere may send a key.</summary>
    private static void AnswerPreflight(HttpResponse response)
    {
        response.StatusCode = StatusCodes.Status204NoContent;
        response.Headers.AccessControlAllowMethods = Methods;
        response.Headers.AccessControlAllowHeaders = "Authorization, If-None-Match";
        response.Headers.AccessControlMaxAge = "86400";
        response.Headers.Allow = Methods;
    }
}

internal static class ApiDoorway
{
    public static IApplicationBuilder UseApiDoor(this IApplicationBuilder app)
    {
        var door = app.ApplicationServices.GetRequiredService<ApiDoor>();
        return app.Use((http, next) =>
            http.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is null || http.Features.Get<IStatusCodeReExecuteFeature>() is not null ? next(http) : door.PassAsync(http, next));
    }
}
