using System.Globalization;
using System.Text.RegularExpressions;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>What the elements of an export are: which fields WordPress keeps where.</summary>
internal sealed partial class WordpressItems(WordpressBodies bodies, Notebook notebook)
{
    private static readonly string[] TitleKeys = ["_yoast_wpseo_title", "rank_math_title"];
    private static readonly string[] DescriptionKeys = ["_yoast_wpseo_metadesc", "rank_math_description"];
    private static readonly string[] CreditKeys = ["_media_credit", "isc_image_source"];
    private const string Guids = "guids";

    private readonly WordpressAuthors _authors = new();

    public static IEnumerable<(string Key, string Value)> Meta(Element of, string name = "wp:postmeta") =>
        of.Parts.Where(p => p.Name == name).Select(m => (m["wp:meta_key"], m["wp:meta_value"]));

    public Incoming Author(Element author) => _authors.Meet(author);

    public static Incoming Category(Element category)
    {
        var key = category["wp:category_nicename"];
        var name = First(WordpressText.Plain(category["wp:cat_name"]), key);
        return key.Length == 0
            ? Refuse("category", category["wp:term_id"], name, "It has no slug, by which articles would name it.")
            : new IncomingCategory(key, category["wp:term_id"].Trim(), name, WordpressText.Slug(key), category["wp:category_parent"], WordpressText.Plain(category["wp:category_description"]));
    }

    public static Incoming Tag(Element tag)
    {
        var key = tag["wp:tag_slug"];
        var name = First(WordpressText.Plain(tag["wp:tag_name"]), key);
        return key.Length == 0 ? Refuse("tag", tag["wp:term_id"], name, "It has no slug, by which articles would name it.") : new IncomingTag(key, tag["wp:term_id"].Trim(), name, WordpressText.Slug(key));
    }

    /// <summary>Categories, tags and authors are listed once more as terms; menus only here.</summary>
    public static IReadOnlyList<Incoming> Term(Element term)
    {
        var kind = term["wp:term_taxonomy"];
        return kind is "category" or "post_tag" or "nav_menu" or "post_format" or "author"
            ? []
            : [Refuse("term", term["wp:term_id"], First(WordpressText.Plain(term["wp:term_name"]), term["wp:term_slug"]), $"There is no “{kind}” here.")];
    }

    /// <summary>A comment that stands under nothing.</summary>
    public static IncomingRefusal Stray(Element comment) =>
        Refuse("comment", comment["wp:comment_id"].Trim(), WordpressText.Plain(comment["wp:comment_author"]), "The article it was written under is not in the file.");

    /// <summary>Null for what is no picture, or one that cannot be named.</summary>
    public static IncomingPicture? Picture(Element item) =>
        item["wp:post_type"] == "attachment" && IdOf(item) is { Length: > 0 and <= ImportedItem.SourceIdLength } id ? Picture(item, id, WordpressText.Plain(item["title"])) : null;

    private static string IdOf(Element item) => First(item["wp:post_id"].Trim(), item["guid"].Trim());

    public Incoming Item(Element item)
    {
        var (id, kind, title) = (IdOf(item), item["wp:post_type"], WordpressText.Plain(item["title"]));
        if (id.Length == 0) return Refuse(kind, "", title, "It has no id.", item);
        if (id.Length > ImportedItem.SourceIdLength) return Refuse(kind, id[..40], title, "Its id is longer than any id.", item);

        return kind switch
        {
            "post" or "" => Article(item, id, title),
            "page" => Page(item, id, title),
            "attachment" => Picture(item, id, title),
            "guest-author" => _authors.Guest(item, id, title),
            "nav_menu_item" => MenuItem(item, id, title),
            "revision" => Refuse(kind, id, title, "An older version of a text: only the newest comes along.", item),
            _ => Refuse(kind, id, title, $"There is no “{kind}” here.", item),
        };
    }

    private IncomingArticle Article(Element item, string id, string title)
    {
        var meta = Meta(item).ToList();
        var notes = Notes(item, id);
        var (comments, refused) = Comments(item);
        return new(id, title, WordpressText.Slug(item["wp:post_name"]), Status(item, notes), bodies.Article(item["content:encoded"], id))
        {
            Excerpt = WordpressText.Plain(item["excerpt:encoded"]),
            At = WordpressText.Date(item["wp:post_date_gmt"]) ?? WordpressText.Date(item["wp:post_date"]) ?? WordpressText.FeedDate(item["pubDate"]),
            ChangedAt = WordpressText.Date(item["wp:post_modified_gmt"]),
            Paths = Paths(item, meta),
            Question = Question("p", id),
            Authors = _authors.Of(item),
            Categories = Terms(item, "category"),
            Tags = [.. Terms(item, "post_tag").Concat(Terms(item, "tag"))],
            IsSticky = item["wp:is_sticky"] == "1",
            CommentsOpen = item["wp:comment_status"] != "closed",
            SocialTitle = WordpressText.Filled(Value(meta, TitleKeys), title, bodies.SiteName),
            SocialDescription = WordpressText.Filled(Value(meta, DescriptionKeys), title, bodies.SiteName),
            FeaturedPicture = Value(meta, "_thumbnail_id"),
            Comments = comments,
            RefusedComments = refused,
            Notes = notes,
        };
    }

    private IncomingPage Page(Element item, string id, string title)
    {
        var meta = Meta(item).ToList();
        return new(id, title, WordpressText.Slug(item["wp:post_name"]), Status(item, []), bodies.Article(item["content:encoded"], id))
        {
            Description = First(WordpressText.Plain(item["excerpt:encoded"]), WordpressText.Filled(Value(meta, DescriptionKeys), title, bodies.SiteName)),
            Paths = Paths(item, meta),
            Question = Question("page_id", id),
        };
    }

    private static string Question(string key, string id) => id.All(char.IsAsciiDigit) ? $"/?{key}={id}" : "";

    private static IncomingPicture Picture(Element item, string id, string title)
    {
        var meta = Meta(item).ToList();
        var url = Clean(item["wp:attachment_url"]);
        var file = First(Clean(Value(meta, "_wp_attached_file")), Clean(WordpressText.Upload(url)), Clean(System.IO.Path.GetFileName(url)));
        var alt = First(WordpressText.Plain(Value(meta, "_wp_attachment_image_alt")), title);
        // What the camera wrote into the file is kept in PHP's own notation.
        var credit = First(Value(meta, CreditKeys), Camera().Match(Value(meta, "_wp_attachment_metadata")).Groups[1].Value);
        return new(id, url, file.TrimStart('/'), alt, WordpressText.Plain(item["excerpt:encoded"]))
        {
            Credit = WordpressText.Plain(credit),
            ParentId = item["wp:post_parent"].Trim() is { } parent && parent != "0" ? parent : "",
            // A picture had a page of its own, too.
            Paths = [.. new[] { url, item["link"] }.Select(PathOf).Where(path => path.Length > 0).Distinct()],
            Page = PathOf(item["link"]) is var page && page != PathOf(url) ? page : "",
        };
    }

    private static string PathOf(string address) => WordpressText.Path(address) is { } path && !path.Any(char.IsControl) ? path : "";

    private static string Clean(string text) => Legible.Of(text).Replace("\uFFFD", "", StringComparison.Ordinal).Trim();

    private Incoming MenuItem(Element item, string id, string title)
    {
        var meta = Meta(item).ToList();
        if (item.Parts.Find(p => p.Name == "category" && p.Attributes.GetValueOrDefault("domain") == "nav_menu") is not { } menu)
            return Refuse("menu entry", id, title, "It is in no menu.");

        var (kind, target) = (Value(meta, "_menu_item_type"), Value(meta, "_menu_item_object")) switch
        {
            ("taxonomy", "category") => (IncomingMenuTarget.Category, Value(meta, "_menu_item_object_id")),
            ("taxonomy", "post_tag") => (IncomingMenuTarget.Tag, Value(meta, "_menu_item_object_id")),
            ("post_type", "page") => (IncomingMenuTarget.Page, Value(meta, "_menu_item_object_id")),
            ("post_type", "post") => (IncomingMenuTarget.Article, Value(meta, "_menu_item_object_id")),
            _ => (IncomingMenuTarget.Address, bodies.Inside(Value(meta, "_menu_item_url").Trim())),
        };
        _ = int.TryParse(item["wp:menu_order"], NumberStyles.Integer, CultureInfo.InvariantCulture, out var position);
        return new IncomingMenuItem(id, menu.Text.Trim(), Value(meta, "_menu_item_menu_item_parent"), title, position, kind, target.Trim());
    }

    private (List<IncomingComment> Taken, List<Refused> Refused) Comments(Element item)
    {
        List<IncomingComment> taken = [];
        List<Refused> refused = [];
        HashSet<string> seen = [];
        foreach (var comment in item.Parts.Where(p => p.Name == "wp:comment"))
        {
            var (id, name, kind) = (comment["wp:comment_id"].Trim(), WordpressText.Plain(comment["wp:comment_author"]), comment["wp:comment_type"]);
            var why = kind is not ("" or "comment") ? $"A {kind}: no reader's words."
                : id.Length is 0 or > ImportedItem.SourceIdLength ? "It has no id."
                : !seen.Add(id) ? "A comment with this id came before it."
                : comment["wp:comment_content"].Length > ArticleBody.MaxLength ? "It is longer than any comment."
                : null;
            if (why is not null) refused.Add(new("comment", id, name, why));
            else taken.Add(new(id, comment["wp:comment_parent"].Trim(), name, comment["wp:comment_author_email"].Trim(), comment["wp:comment_author_IP"].Trim(),
                WordpressText.Date(comment["wp:comment_date_gmt"]) ?? WordpressText.Date(comment["wp:comment_date"]), bodies.Comment(comment["wp:comment_content"]), State(comment))
            {
                Author = comment["wp:comment_user_id"].Trim() is { } user && user != "0" ? user : "",
            });
        }

        return (taken, refused);
    }

    private List<string> Notes(Element item, string id)
    {
        List<string> notes = [];
        if (item["guid"].Trim() is { Length: > 0 } guid && !notebook.Add(Guids, guid, id) && notebook.Find(Guids, guid) != id) notes.Add("Has the same GUID as another");
        notes.AddRange(Terms(item, "post_format").Select(format => $"The format “{First(format.Name, format.Key)}” is not kept: articles have one form"));
        return notes;
    }

    private static IncomingStatus Status(Element item, List<string> notes)
    {
        var status = item["wp:status"];
        if (item["wp:post_password"].Length > 0 && status is "publish" or "future") return IncomingStatus.Locked;
        switch (status)
        {
            case "publish": return IncomingStatus.Published;
            case "future": return IncomingStatus.Scheduled;
            case "pending": return IncomingStatus.Pending;
            case "private": return IncomingStatus.Private;
            case "trash": return IncomingStatus.Trashed;
            case "draft" or "auto-draft" or "inherit": return IncomingStatus.Draft;
            default:
                notes.Add($"Had the status “{status}”: a draft here");
                return IncomingStatus.Draft;
        }
    }

    private static IncomingCommentState State(Element comment) => comment["wp:comment_approved"] switch
    {
        "1" => IncomingCommentState.Approved,
        "spam" => IncomingCommentState.Spam,
        "trash" or "post-trashed" => IncomingCommentState.Rejected,
        _ => IncomingCommentState.Pending,
    };

    /// <summary>Where it was found, and where it was found before: a plugin's address, the slugs it once had.</summary>
    private static List<string> Paths(Element item, List<(string Key, string Value)> meta)
    {
        List<string> paths = [];
        if (WordpressText.Path(item["link"]) is { } path)
        {
            paths.Add(path);
            var folder = path.TrimEnd('/');
            folder = folder[..(folder.LastIndexOf('/') + 1)];
            paths.AddRange(meta.Where(m => m.Key == "_wp_old_slug" && m.Value.Trim().Length > 0).Select(m => folder + WordpressText.Slug(m.Value) + (path.EndsWith('/') ? "/" : "")));
        }

        paths.AddRange(meta.Where(m => m.Key == "custom_permalink" && m.Value.Trim().Length > 0).Select(m => "/" + Uri.UnescapeDataString(m.Value.Trim().TrimStart('/'))));
        return [.. paths.Distinct()];
    }

    private static List<IncomingTerm> Terms(Element item, string domain) =>
    [
        .. item.Parts.Where(p => p.Name == "category" && (p.Attributes.GetValueOrDefault("domain") ?? "category") == domain)
            .Select(p => new IncomingTerm(First(p.Attributes.GetValueOrDefault("nicename") ?? "", p.Text.Trim()), WordpressText.Plain(p.Text)))
            .Where(t => t.Key.Length > 0).DistinctBy(t => t.Key),
    ];

    private static string Value(List<(string Key, string Value)> meta, params string[] keys) =>
        keys.Select(key => meta.Find(m => m.Key == key).Value ?? "").FirstOrDefault(v => v.Length > 0) ?? "";

    private static string First(params string[] texts) => texts.FirstOrDefault(t => t.Length > 0) ?? "";

    private static IncomingRefusal Refuse(string kind, string id, string name, string why, Element? item = null) =>
        new(new(kind.Length == 0 ? "item" : kind, id, name, why, 1 + (item?.Parts.Count(p => p.Name == "wp:comment") ?? 0)));

    [GeneratedRegex("\"credit\";s:[0-9]+:\"([^\"]+)\";")]
    private static partial Regex Camera();
}
