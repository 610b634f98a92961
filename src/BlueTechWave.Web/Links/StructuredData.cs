using System.Globalization;
using System.Text.Json.Nodes;

namespace BlueTechWave.Web.Links;

/// <summary>The paper itself. All addresses here and below are whole ones.</summary>
/// <param name="Root">Scheme and host, without a trailing slash.</param>
/// <param name="Logo">A raster picture, or null while there is none.</param>
/// <param name="SameAs">Its accounts elsewhere.</param>
public sealed record PublisherFacts(string Name, string Root, LogoFacts? Logo = null, IReadOnlyList<string>? SameAs = null);

public sealed record LogoFacts(string Address, int Width, int Height);

/// <param name="Address">The author's own page.</param>
public sealed record PersonFacts(string Name, string? Address, string? JobTitle = null);

/// <summary>What search engines are told of an article. Times carry the site's offset.</summary>
public sealed record StoryFacts
{
    public required string Headline { get; init; }

    public required string Address { get; init; }

    public required string Description { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    public required IReadOnlyList<PersonFacts> Authors { get; init; }

    /// <summary>Best at least 1200 pixels wide, in 16:9, 4:3 and 1:1; none leaves the property out.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];

    /// <summary>Category names, the primary one first.</summary>
    public IReadOnlyList<string> Sections { get; init; } = [];

    public IReadOnlyList<string> Keywords { get; init; } = [];

    public int Words { get; init; }

    /// <summary>Says so in the type: advertising must not pass for news.</summary>
    public bool IsPaidFor { get; init; }
}

/// <param name="Address">Null for the page one is on.</param>
public readonly record struct Crumb(string Name, string? Address);

/// <summary>
/// JSON-LD in the words of schema.org, with what Google documents for Article, BreadcrumbList, Organization,
/// ProfilePage and site names. The encoder escapes &lt;, &gt;, &amp; and quotes, so each string may stand in a script
/// element as it is: <c>&lt;/script&gt;</c> cannot occur in it.
/// </summary>
public static class StructuredData
{
    private const string Language = "en-GB";

    /// <summary>Google cuts longer ones.</summary>
    private const int HeadlineLength = 110;

    public static string NewsArticle(StoryFacts story, PublisherFacts publisher) => Print(new()
    {
        ["@type"] = story.IsPaidFor ? "AdvertiserContentArticle" : "NewsArticle",
        ["@id"] = $"{story.Address}#article",
        ["headline"] = Short(story.Headline),
        ["description"] = story.Description,
        ["url"] = story.Address,
        ["mainEntityOfPage"] = new JsonObject { ["@type"] = "WebPage", ["@id"] = story.Address },
        ["image"] = List(story.Images),
        ["datePublished"] = Moment(story.PublishedAt),
        ["dateModified"] = Moment(story.UpdatedAt > story.PublishedAt ? story.UpdatedAt.Value : story.PublishedAt),
        ["author"] = List(story.Authors.Select(Person)),
        ["publisher"] = Publisher(publisher),
        ["articleSection"] = List(story.Sections),
        ["keywords"] = List(story.Keywords),
        ["wordCount"] = story.Words > 0 ? story.Words : null,
        ["isAccessibleForFree"] = true,
        ["inLanguage"] = Language,
    });

    /// <summary>From home down to the page one is on.</summary>
    public static string BreadcrumbList(IReadOnlyList<Crumb> crumbs) => Print(new()
    {
        ["@type"] = "BreadcrumbList",
        ["itemListElement"] = List(crumbs.Select((crumb, i) => ListItem(i, crumb.Name, crumb.Address, "item"))),
    });

    public static string Organization(PublisherFacts publisher) => Print(Publisher(publisher));

    public static string WebSite(PublisherFacts publisher, string? description = null) => Print(new()
    {
        ["@type"] = "WebSite",
        ["@id"] = $"{publisher.Root}/#site",
        ["name"] = publisher.Name,
        ["url"] = $"{publisher.Root}/",
        ["description"] = OrNone(description),
        ["inLanguage"] = Language,
        ["publisher"] = Reference(publisher),
        ["potentialAction"] = new JsonObject
        {
            ["@type"] = "SearchAction",
            ["target"] = new JsonObject { ["@type"] = "EntryPoint", ["urlTemplate"] = $"{publisher.Root}{To.Search}?q={{search_term_string}}" },
            ["query-input"] = "required name=search_term_string",
        },
    });

    /// <summary>A listing: its page, and the articles on it in their order.</summary>
    public static string CollectionPage(string name, string address, string? description, IReadOnlyList<(string Name, string Address)> items, PublisherFacts publisher) =>
        Print(new()
        {
            ["@type"] = "CollectionPage",
            ["@id"] = address,
            ["name"] = name,
            ["url"] = address,
            ["description"] = OrNone(description),
            ["inLanguage"] = Language,
            ["isPartOf"] = new JsonObject { ["@id"] = $"{publisher.Root}/#site" },
            ["mainEntity"] = items.Count == 0 ? null : new JsonObject
            {
                ["@type"] = "ItemList",
                ["numberOfItems"] = items.Count,
                ["itemListElement"] = List(items.Select((item, i) => ListItem(i, item.Name, item.Address, "url"))),
            },
        });

    /// <summary>An author's page.</summary>
    public static string ProfilePage(PersonFacts person, string address, string? about, PublisherFacts publisher, string? image = null)
    {
        var entity = Person(person with { Address = address });
        entity["@id"] = $"{address}#person";
        entity["description"] = OrNone(about);
        entity["image"] = OrNone(image);
        entity["worksFor"] = Reference(publisher);
        return Print(new()
        {
            ["@type"] = "ProfilePage",
            ["@id"] = address,
            ["url"] = address,
            ["name"] = person.Name,
            ["inLanguage"] = Language,
            ["mainEntity"] = entity,
        });
    }

    private static JsonObject Person(PersonFacts person) => new()
    {
        ["@type"] = "Person",
        ["name"] = person.Name,
        ["url"] = OrNone(person.Address),
        ["jobTitle"] = OrNone(person.JobTitle),
    };

    private static JsonObject Publisher(PublisherFacts publisher) => new()
    {
        ["@type"] = "Organization",
        ["@id"] = IdOf(publisher),
        ["name"] = publisher.Name,
        ["url"] = $"{publisher.Root}/",
        ["logo"] = publisher.Logo is not { } logo ? null : new JsonObject
        {
            ["@type"] = "ImageObject",
            ["url"] = logo.Address,
            ["width"] = logo.Width,
            ["height"] = logo.Height,
        },
        ["sameAs"] = List(publisher.SameAs ?? []),
    };

    private static JsonObject Reference(PublisherFacts publisher) =>
        new() { ["@type"] = "Organization", ["@id"] = IdOf(publisher), ["name"] = publisher.Name };

    private static string IdOf(PublisherFacts publisher) => $"{publisher.Root}/#organization";

    private static JsonObject ListItem(int index, string name, string? address, string addressName)
    {
        var item = new JsonObject { ["@type"] = "ListItem", ["position"] = index + 1, ["name"] = name };
        if (address is not null) item[addressName] = address;
        return item;
    }

    private static JsonArray? List(IEnumerable<string> texts) => List(texts.Select(text => JsonValue.Create(text)));

    private static JsonArray? List(IEnumerable<JsonNode> nodes) => nodes.ToArray() is { Length: > 0 } all ? new(all) : null;

    private static JsonNode? OrNone(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static string Moment(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Cut between words.</summary>
    private static string Short(string headline)
    {
        if (headline.Length <= HeadlineLength) return headline;

        var cut = headline.LastIndexOf(' ', HeadlineLength - 1);
        if (cut <= 0) cut = char.IsHighSurrogate(headline[HeadlineLength - 2]) ? HeadlineLength - 2 : HeadlineLength - 1;
        return headline[..cut].TrimEnd(' ', ',', ':', ';', '–', '-') + "…";
    }

    private static string Print(JsonObject thing)
    {
        thing.Insert(0, "@context", "https://schema.org");
        return Present(thing).ToJsonString();
    }

    /// <summary>Without the properties nothing is known of.</summary>
    private static JsonObject Present(JsonObject thing)
    {
        foreach (var (name, value) in thing.ToList())
        {
            if (value is null) thing.Remove(name);
            else if (value is JsonObject inner) Present(inner);
            else if (value is JsonArray list)
                foreach (var entry in list.OfType<JsonObject>()) Present(entry);
        }

        return thing;
    }
}
