using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BlueTechWave.Web.Feeds;

/// <summary>JSON Feed 1.1 (jsonfeed.org).</summary>
internal static class JsonFeedWriter
{
    // Never printed inside a page, so markup need not be escaped a second time.
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static byte[] Write(Feed feed) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        Version = "https://jsonfeed.org/version/1.1",
        feed.Title,
        HomePageUrl = feed.Page,
        FeedUrl = feed.Self,
        feed.Description,
        Feed.Language,
        Authors = new[] { new { Name = feed.Publisher, Url = feed.Home } },
        Hubs = feed.Hub is { } hub ? new[] { new { Type = "WebSub", Url = hub } } : null,
        Items = feed.Items.Select(item => new
        {
            item.Id,
            Url = item.Address,
            Title = XmlText.Legal(item.Title),
            ContentHtml = XmlText.Legal(item.Html),
            Summary = XmlText.Legal(item.Summary),
            Image = item.Picture?.Address,
            DatePublished = XmlText.Moment(item.PublishedAt),
            DateModified = XmlText.Moment(item.ChangedAt),
            Authors = item.Authors.Select(a => new { a.Name, Url = a.Page }),
            Tags = item.Subjects,
        }),
    }, Plain);
}
