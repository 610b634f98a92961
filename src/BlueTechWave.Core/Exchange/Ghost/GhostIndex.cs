using System.Globalization;
using BlueTechWave.Core.Exchange.Wordpress;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>A tag of the old site. One that begins with # was for its newsroom and theme.</summary>
internal sealed record GhostTag(string Id, string Name, string Slug, string Description, bool IsInternal);

/// <summary>What an export says of an article beside it.</summary>
internal sealed record GhostMeta(string Alt, string Caption, string Title, string Description, string SocialTitle, string SocialDescription, string SocialPicture);

/// <summary>Where a comment lies in the file, and what it is called there.</summary>
internal readonly record struct CommentPlace(long At, int Length);

/// <summary>
/// What the first reading leaves: all that texts name, before or after them in the file, by its id. The texts themselves,
/// and what readers said, stay in the file.
/// </summary>
internal sealed class GhostIndex
{
    private const int FeaturedAtMost = 4;

    /// <summary>How Ghost keeps its own house: nothing in them is a loss.</summary>
    private static readonly HashSet<string> Housekeeping =
    [
        ExportRows.Meta, "settings", "posts", "posts_tags", "posts_authors", "posts_meta", "users", "tags", "comments", "members", "roles", "roles_users", "permissions", "permissions_roles", "permissions_users",
        "migrations", "migrations_lock", "custom_theme_settings", "sessions", "tokens", "brute", "invites", "post_revisions", "mobiledoc_revisions", "integrations", "api_keys", "actions", "jobs",
    ];

    private readonly Dictionary<string, List<(int Order, string Id)>> _tagsOf = [], _authorsOf = [];
    private readonly Dictionary<string, List<CommentPlace>> _commentsOf = [];
    private readonly Dictionary<string, string> _members = [], _settings = [], _above = [];
    private readonly Dictionary<string, GhostMeta> _meta = [];
    private readonly Dictionary<string, bool> _posts = [];
    private readonly SortedDictionary<string, int> _others = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, DateTime> _featured = new();

    public GhostPictures Pictures { get; } = new();

    public Dictionary<string, GhostTag> Tags { get; } = [];

    public Dictionary<string, IncomingAuthor> Authors { get; } = [];

    /// <summary>What is refused or told before anything else is.</summary>
    public List<Incoming> Told { get; } = [];

    public string Version { get; private set; } = "";

    /// <summary>Any of it looks like an export.</summary>
    public bool IsOne { get; private set; }

    public string Setting(string key) => _settings.GetValueOrDefault(key, "");

    public void Add(ExportRow row)
    {
        if (row.Table == "posts")
        {
            IsOne = true;
            if (row.IsWhole && GhostRow.Of(row.Json) is { } post) AddPost(post);
            return;
        }

        if (!Housekeeping.Contains(row.Table)) _others[row.Table] = _others.GetValueOrDefault(row.Table) + 1;
        else if (!row.IsWhole) Refuse(row, "The file ends in the middle of it, or it is larger than anything Ghost keeps.");
        else if (GhostRow.Of(row.Json) is { } read) Add(row, read);
        else Refuse(row, "It is no JSON.");
    }

    /// <summary>Once everything has been read.</summary>
    public void Close(bool isCut)
    {
        foreach (var (post, picture) in _above) Pictures.Meet(picture, MetaOf(post)?.Alt ?? "", MetaOf(post)?.Caption ?? "", isFirst: true);
        foreach (var (table, count) in _others) Told.Add(new IncomingNote(string.Create(CultureInfo.InvariantCulture, $"{count:N0} of “{GhostText.Plain(table)}” are nothing that readers here read, and are not kept")));
        var lost = _commentsOf.Where(c => !_posts.TryGetValue(c.Key, out var isPage) || isPage).Sum(c => c.Value.Count);
        if (lost > 0) Told.Add(new IncomingRefusal(new("comment", "", "", "They are of pages, or of articles that are not in the file.", lost)));
        if (isCut) Told.Add(new IncomingNote("The file ends before everything in it does: what stood behind its end is missing"));
    }

    public IReadOnlyList<string> AuthorsOf(GhostRow post) =>
        Ordered(_authorsOf, post.Id) is { Count: > 0 } signed ? signed : post["author_id"] is { Length: > 0 } old ? [old] : post["author"] is { Length: > 0 } oldest ? [oldest] : [];

    public IReadOnlyList<string> TagsOf(string postId) => Ordered(_tagsOf, postId);

    public IReadOnlyList<CommentPlace> CommentsOf(string postId) => _commentsOf.GetValueOrDefault(postId) ?? [];

    public GhostMeta? MetaOf(string postId) => _meta.GetValueOrDefault(postId);

    /// <summary>The tag that an article's address and label showed first, if readers could see any.</summary>
    public GhostTag? PrimaryOf(string postId) => TagsOf(postId).Select(Tags.GetValueOrDefault).OfType<GhostTag>().FirstOrDefault(t => !t.IsInternal);

    /// <summary>Tags that come first for some article.</summary>
    public IReadOnlyList<GhostTag> Primary() => [.. _posts.Where(p => !p.Value).Select(p => PrimaryOf(p.Key)).OfType<GhostTag>().Distinct()];

    /// <summary>The newest of those that Ghost put forward.</summary>
    public bool IsFeatured(string postId) => _featured.UnorderedItems.Any(f => f.Element == postId);

    public string Member(string id) => _members.GetValueOrDefault(id, "");

    private void Add(ExportRow row, GhostRow read)
    {
        switch (row.Table)
        {
            case ExportRows.Meta: Version = read["version"]; Pictures.IsOwnMarked = Version is [>= '4' and <= '9', ..]; break;
            case "settings": _settings[read["key"]] = read["value"]; break;
            case "users": AddAuthor(read); break;
            case "tags": AddTag(read); break;
            case "posts_tags": Link(_tagsOf, read["post_id"], read["tag_id"], read["sort_order"]); break;
            case "posts_authors": Link(_authorsOf, read["post_id"], read["author_id"], read["sort_order"]); break;
            case "posts_meta": _meta[read["post_id"]] = MetaOf(read); break;
            case "members": _members[read.Id] = $"{GhostText.Plain(read["name"])}\n{read["email"].Trim()}"; break;
            case "comments":
                if (!_commentsOf.TryGetValue(read["post_id"], out var places)) _commentsOf[read["post_id"]] = places = [];
                places.Add(new(row.At, row.Json.Length));
                break;
        }
    }

    private void AddPost(GhostRow post)
    {
        IsOne = true;
        _posts.TryAdd(post.Id, IsPage(post));
        if (post.Is("featured") && !IsPage(post) && post["status"] == "published")
        {
            _featured.Enqueue(post.Id, GhostText.Date(post["published_at"]) ?? default);
            if (_featured.Count > FeaturedAtMost) _featured.Dequeue();
        }

        Pictures.Meet(GhostText.Html(post, new HashSet<string>()));
        if (FeatureOf(post) is { Length: > 0 } above) _above.TryAdd(post.Id, above);
    }

    public static bool IsPage(GhostRow post) => post["type"] == "page" || post.Is("page");

    public static string FeatureOf(GhostRow post) => post["feature_image"] is { Length: > 0 } picture ? picture : post["image"];

    /// <summary>Before Ghost 3 an article said all this itself.</summary>
    public static GhostMeta MetaOf(GhostRow row) => new(GhostText.Plain(row["feature_image_alt"]), WordpressText.Plain(row["feature_image_caption"]), GhostText.Plain(row["meta_title"]), GhostText.Plain(row["meta_description"]),
        Either(row["og_title"], row["twitter_title"]), Either(row["og_description"], row["twitter_description"]), row["og_image"] is { Length: > 0 } shared ? shared : row["twitter_image"]);

    private void AddAuthor(GhostRow user)
    {
        var (id, name) = (user.Id, GhostText.Plain(user["name"]));
        if (id.Length is 0 or > ImportedItem.SourceIdLength) Told.Add(new IncomingRefusal(new("author", "", name, "It has no id, by which articles would name it.")));
        else if (!Authors.TryAdd(id, new(id, "", name.Length > 0 ? name : user["slug"] is { Length: > 0 } slug ? slug : "The newsroom", user["slug"].Trim(), GhostText.Plain(user["bio"])))) Told.Add(new IncomingRefusal(new("author", id, name, "An author with this id came before it.")));
    }

    private void AddTag(GhostRow tag)
    {
        var (id, name, slug) = (tag.Id, GhostText.Plain(tag["name"]), tag["slug"].Trim());
        if (name.Length == 0) name = slug;
        var why = id.Length is 0 or > ImportedItem.SourceIdLength ? "It has no id, by which articles would name it." : name.Length == 0 ? "It has no name." : Tags.ContainsKey(id) ? "A tag with this id came before it." : null;
        if (why is not null)
        {
            Told.Add(new IncomingRefusal(new("tag", id.Length > 40 ? id[..40] : id, name, why)));
            return;
        }

        var isInternal = name.StartsWith('#') || tag["visibility"] == "internal";
        Tags[id] = new(id, name, slug, GhostText.Plain(tag["description"]), isInternal);
        if (isInternal) Told.Add(new IncomingRefusal(new("tag", id, name, "It was for the newsroom and the theme alone, and readers see every tag here.")));
    }

    private void Refuse(ExportRow row, string why) => Told.Add(new IncomingRefusal(new(row.Table, string.Create(CultureInfo.InvariantCulture, $"at byte {row.At}"), "", why)));

    private static void Link(Dictionary<string, List<(int, string)>> links, string from, string to, string order)
    {
        if (!links.TryGetValue(from, out var all)) links[from] = all = [];
        all.Add((int.TryParse(order, NumberStyles.Integer, CultureInfo.InvariantCulture, out var at) ? at : all.Count, string.Intern(to)));
    }

    private static List<string> Ordered(Dictionary<string, List<(int Order, string Id)>> links, string of) => links.TryGetValue(of, out var all) ? [.. all.OrderBy(l => l.Order).Select(l => l.Id).Distinct()] : [];

    private static string Either(string one, string other) => GhostText.Plain(one.Length > 0 ? one : other);
}
