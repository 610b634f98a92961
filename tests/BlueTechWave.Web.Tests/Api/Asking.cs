using System.Net;
using System.Text.Json;
using BlueTechWave.Core.Api;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>What a program does with an answer.</summary>
internal static class Asking
{
    /// <summary>Far more than any test asks: for those that are not about limits.</summary>
    public const string Often = "RateLimits:ApiPerMinute=100000";

    /// <summary>The answer, which must be 200.</summary>
    public static async Task<JsonElement> JsonAsync(this HttpClient reader, string address) => Parse(await reader.TextAsync(address));

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>One member of each item.</summary>
    public static async Task<List<string>> EachAsync(this HttpClient reader, string address, string field) => Each(await reader.JsonAsync(address), field);

    public static List<string> Each(JsonElement answer, string field) => [.. answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty(field).ToString())];

    /// <summary>All items of a list, as far as it goes, by its own next.</summary>
    public static async Task<List<string>> WalkAsync(this HttpClient reader, string address, string field, Func<int, Task>? meanwhile = null)
    {
        List<string> met = [];
        var next = address;
        for (var step = 1; next is not null; step++)
        {
            Assert.True(step < 1000, "The walk does not end.");
            var answer = await reader.JsonAsync(next);
            met.AddRange(Each(answer, field));
            if (meanwhile is not null) await meanwhile(step);
            next = answer.GetProperty("next").GetString();
        }

        return met;
    }

    public static async Task<HttpResponseMessage> AskAsync(this HttpClient reader, string address, string? key = null, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        return await reader.SendAsync(request);
    }

    /// <summary>The status and what the problem names: <c>400 bad-parameter cursor</c>.</summary>
    public static async Task<string> ProblemAsync(this HttpClient reader, string address, string? key = null, HttpMethod? method = null)
    {
        using var answer = await reader.AskAsync(address, key, method);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal((int)answer.StatusCode, problem.GetProperty("status").GetInt32());
        Assert.True(problem.GetProperty("title").GetString()!.Length > 0 && problem.GetProperty("detail").GetString()!.Length > 0);
        var type = problem.GetProperty("type").GetString()!;
        return $"{(int)answer.StatusCode} {type[(type.IndexOf("/api#", StringComparison.Ordinal) + "/api#".Length)..]} {(problem.TryGetProperty("parameter", out var named) ? named.GetString() : "")}".TrimEnd();
    }

    /// <summary>A key that opens, as the newsroom makes them.</summary>
    public static async Task<string> KeyAsync(this NewsSite site, string name = "Harbour app")
    {
        var key = ApiKey.Make();
        await site.EditAsync(db =>
        {
            db.ApiKeys.Add(new(key, name, "Hanna Virtanen", site.Now));
            return Task.CompletedTask;
        });
        return key;
    }

    public static string Header(this HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    public static async Task<HttpStatusCode> StatusOfAsync(this HttpClient reader, string address, string? key)
    {
        using var answer = await reader.AskAsync(address, key);
        return answer.StatusCode;
    }
}
