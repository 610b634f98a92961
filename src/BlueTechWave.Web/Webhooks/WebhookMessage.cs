using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using BlueTechWave.Core.Webhooks;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Webhooks;

/// <summary>A delivery as it is sent: JSON, signed as Standard Webhooks has it.</summary>
public static class WebhookMessage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // It is read as JSON, never as part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Body(
        string Event,
        string Id,
        DateTime Time,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ArticlePart? Article,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CommentPart? Comment);

    private sealed record ArticlePart(int Id, string Headline, string Url, string Summary, DateTime PublishedAt, DateTime? UpdatedAt, IEnumerable<AuthorPart> Authors, CategoryPart? Category);

    private sealed record AuthorPart(string Name, string Slug, string Url);

    private sealed record CategoryPart(string Name, string Path, string Url);

    private sealed record CommentPart(int Id, string Url, string Name, string Excerpt);

    public static byte[] BodyOf(WebhookDelivery delivery, SiteAddress address)
    {
        var (article, comment) = delivery.ReadFacts();
        var path = article is null ? To.Home : To.Article(article.Year, article.Month, article.Slug);
        return JsonSerializer.SerializeToUtf8Bytes(new Body(
            delivery.Event.Name(),
            delivery.Key,
            delivery.CreatedAt,
            article is null ? null : new(
                article.Id,
                article.Headline,
                address.Of(path),
                article.Summary,
                article.PublishedAt,
                article.UpdatedAt,
                article.Authors.Select(a => new AuthorPart(a.Name, a.Slug, address.Of(To.Author(a.Slug)))),
                article.Category is { } category ? new(category.Name, category.Path, address.Of(To.Category(category.Path))) : null),
            comment is null ? null : new(comment.Id, address.Of(To.Comment(path, comment.Id)), comment.Name, comment.Excerpt)), Json);
    }

    public static HttpRequestMessage Of(string target, string id, byte[] body, IEnumerable<byte[]> keys, DateTime now)
    {
        var at = new DateTimeOffset(now).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return new(HttpMethod.Post, target)
        {
            Content = content,
            Headers =
            {
                { "webhook-id", id },
                { "webhook-timestamp", at },
                { "webhook-signature", string.Join(' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}")) },
                { "User-Agent", "BlueTechWave" },
            },
        };
    }
}
