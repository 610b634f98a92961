using System.Globalization;
using System.Text.Json.Nodes;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages;

/// <summary>How programs read the site, for the people who write them. Made from the table that answers them.</summary>
public class ApiPage(SiteAddress address, IOptions<RateLimitOptions> limits) : ReaderPageModel
{
    public string WithKey => limits.Value.ApiKeyPerMinute.ToString("N0", CultureInfo.InvariantCulture);

    public string WithoutKey => limits.Value.ApiPerMinute.ToString("N0", CultureInfo.InvariantCulture);

    public string Whole(string relative) => address.Of(relative);

    public void OnGet() => Head = new()
    {
        Title = "Reading by program",
        Description = "Articles, comments and search as JSON: addresses, parameters, fields, keys and limits.",
        Canonical = To.Api,
        Crumbs = [new("Home", To.Home), new("Reading by program", null)],
    };

    /// <summary>A shape in a few words: “text”, “moment, or null”, “list of Byline”.</summary>
    internal static string Kind(JsonObject shape)
    {
        if (shape["$ref"]?.GetValue<string>() is { } reference) return reference[(reference.LastIndexOf('/') + 1)..];
        if (shape["anyOf"] is JsonArray either) return $"{Kind(either[0]!.AsObject())}, or null";
        if (shape["enum"] is JsonArray words) return string.Join(" or ", words.Select(w => w!.GetValue<string>()));
        if (shape["items"] is JsonObject items) return $"list of {Kind(items)}";

        var (type, isNullable) = shape["type"] is JsonArray types ? (types[0]!.GetValue<string>(), true) : (shape["type"]!.GetValue<string>(), false);
        var word = (type, shape["format"]?.GetValue<string>()) switch
        {
            ("integer", _) => "whole number",
            ("boolean", _) => "yes or no",
            (_, "date-time") => "moment",
            (_, "uri") => "address",
            _ => "text",
        };
        return isNullable ? $"{word}, or null" : word;
    }

    internal static IEnumerable<(string Name, string Kind)> Members(JsonObject shape) => shape["properties"]!.AsObject().Select(m => (m.Key, Kind(m.Value!.AsObject())));
}
