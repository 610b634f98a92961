using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace BlueTechWave.Web.Tests;

/// <summary>What a reader's client does with an answer.</summary>
internal static class Reading
{
    /// <summary>The body of an answer that must be 200.</summary>
    public static async Task<string> TextAsync(this HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answers {(int)answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    public static async Task<IHtmlDocument> PageAsync(this HttpClient reader, string address) =>
        Parse(await reader.TextAsync(address));

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    /// <summary>The page's first form that posts.</summary>
    public static IHtmlFormElement Form(IHtmlDocument page) => page.QuerySelectorAll("main form").OfType<IHtmlFormElement>().First(f => f.Method == "post");

    /// <summary>The status, and where to if it is a redirect: <c>301 /2024/09</c>.</summary>
    public static async Task<string> AnswerAsync(this HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address);
        return $"{(int)answer.StatusCode} {answer.Headers.Location?.OriginalString}".TrimEnd();
    }

    public static async Task<HttpStatusCode> StatusAsync(this HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address);
        return answer.StatusCode;
    }

    /// <summary>Whether the answer came from the cache.</summary>
    public static async Task<bool> IsCachedAsync(this HttpClient reader, string address)
    {
        using var answer = await reader.GetAsync(address);
        return answer.Headers.Age is not null;
    }
}
