using System.Text.Encodings.Web;
using System.Text.Json;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Api;

/// <summary>Why there is no answer, as RFC 9457 says it. Its type leads to what the human page says of it.</summary>
/// <param name="Name">Ends the type's address.</param>
/// <param name="Title">The same for every problem of the type.</param>
/// <param name="Says">What it means and what to do, for the human page.</param>
internal sealed record ProblemType(int Status, string Name, string Title, string Says)
{
    public static readonly ProblemType BadParameter = new(400, "bad-parameter", "A parameter could not be read",
        "The member parameter names it, and detail says what it may be. Nothing is guessed.");

    public static readonly ProblemType BadKey = new(401, "bad-key", "This key opens nothing",
        "It was mistyped or revoked. Ask the publication for another, or send no Authorization at all: nobody with a wrong key is taken for somebody without.");

    public static readonly ProblemType NotFound = new(404, "not-found", "There is nothing here",
        "The address is none of ours, or what it names is not public, or not any more.");

    public static readonly ProblemType BadMethod = new(405, "bad-method", "This can only be read",
        "GET and HEAD are all there is.");

    public static readonly ProblemType TooMany = new(429, "too-many-requests", "One moment, please",
        "Wait as many seconds as Retry-After says. A key lets you read more at once.");

    public static readonly ProblemType Failure = new(500, "failure", "Something went wrong on our side",
        "It has been noted. Please try again in a minute.");

    public static readonly ProblemType Unavailable = new(503, "unavailable", "We will be right back",
        "Our archive cannot be reached, or more came at once than can be served. Wait as many seconds as Retry-After says.");

    public static readonly IReadOnlyList<ProblemType> All = [BadParameter, BadKey, NotFound, BadMethod, TooMany, Failure, Unavailable];

    public string Address => $"{To.Api}#{Name}";
}

/// <summary>One such problem.</summary>
/// <param name="Detail">What is the matter this time.</param>
/// <param name="Parameter">Which parameter is meant, if one is.</param>
internal sealed record Problem(ProblemType Type, string Detail, string? Parameter = null)
{
    public const string MediaType = "application/problem+json";

    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    public Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        (response.StatusCode, response.ContentType, response.Headers.CacheControl) = (Type.Status, MediaType, "no-store");
        var address = http.RequestServices.GetRequiredService<SiteAddress>();
        var body = JsonSerializer.SerializeToUtf8Bytes(new { Type = address.Of(Type.Address), Type.Title, Type.Status, Detail, Parameter }, Plain);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, http.RequestAborted).AsTask();
    }
}
