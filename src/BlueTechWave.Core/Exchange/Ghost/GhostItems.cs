using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange.Wordpress;
using BlueTechWave.Core.Pages;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>What the rows of an export are: which fields Ghost keeps where.</summary>
/// <param name="site">Where the old site is, such as <c>https://paper.example</c>; empty where nobody has said.</param>
/// <param name="category">What everything is filed under; null for the tag that comes first.</param>
/// <param name="said">Reads a comment from where it lies.</param>
internal sealed class GhostItems(GhostIndex index, string site, string? category, Func<CommentPlace, GhostRow?> said)
{
    private const string Members = "It was open to members only.";
    private const string Paying = "It was open to paying members only.";

    public IEnumerable<Incoming> Terms()
    {
        foreach (var author in index.Authors.Values) yield return author;
        foreach (var tag in index.Tags.Values.Where(t => !t.IsInternal)) yield return new IncomingTag(tag.Id, "", tag.Name, tag.Slug);
        if (category is not null) yield break;
        foreach (var tag in index.Primary()) yield return new IncomingCategory(tag.Id, "", tag.Name, tag.Slug, "", tag.Description);
    }

    public Incoming Post(ExportRow row)
    {
        if (!row.IsWhole) return Refuse("post", "", "", "The file ends in the middle of it, or it is larger than any article.");
        if (GhostRow.Of(row.Json) is not { } post) return Refuse("post", "", "", $"It is no JSON: it begins at byte {row.At} of the file.");

        var (id, title) = (post.Id, Title(post));
        if (id.Length == 0) return Refuse("post", "", title, "It has no id.");
        if (id.Length > ImportedItem.SourceIdLength) return Refuse("post", id[..40], title, "Its id is longer than any id.");
        return GhostIndex.IsPage(post) ? Page(post, id, title) : Article(post, id, title);
    }

    public IEnumerable<IncomingMenuItem> Menus() => Menu("navigation", "Navigation").Concat(Menu("secondary_navigation", "Secondary navigation, at the foot"));

    private IncomingArticle Article(GhostRow post, string id, string title)
    {
        SortedSet<string> notes = [];
        var (html, meta) = (GhostText.Html(post, notes), index.MetaOf(id) ?? GhostIndex.MetaOf(post));
        var status = Status(post, notes);
        var (comments, refused) = Comments(id);
        var above = index.Pictures.At(GhostIndex.FeatureOf(post));
        if (above is null && GhostIndex.FeatureOf(post).Length > 0) notes.Add("The picture above it lies on another site, and is not kept");
        if (meta.SocialPicture.Length > 0 && meta.SocialPicture != GhostIndex.FeatureOf(post)) notes.Add("The picture it was shared with is not the one above it, and is not kept");
        if (meta.Title.Length > 0 && meta.SocialTitle.Length > 0 && meta.Title != meta.SocialTitle) notes.Add("Had one title for search engines and one for sharing: the second is kept");
        if (post["codeinjection_head"].Trim().Length + post["codeinjection_foot"].Trim().Length > 0) notes.Add("Code was injected into its page, and is not kept");
        return new(id, title, post["slug"].Trim(), status, Body(html, null))
        {
            Excerpt = GhostText.Plain(post["custom_excerpt"]),
            At = GhostText.Date(post["published_at"]) ?? (status is IncomingStatus.Published or IncomingStatus.Locked ? null : GhostText.Date(post["created_at"])),
            ChangedAt = GhostText.Date(post["updated_at"]) ?? GhostText.Date(post["created_at"]),
            Paths = Paths(post, notes),
            Authors = Authors(post, notes),
            Categories = category is not null ? [new(category, category)] : index.PrimaryOf(id) is { } primary ? [new(primary.Id, primary.Name)] : Untagged(notes),
            Tags = Tags(id, notes),
            IsSticky = index.IsFeatured(id),
            CommentsOpen = index.Setting("comments_enabled") != "off",
            SocialTitle = meta.SocialTitle.Length > 0 ? meta.SocialTitle : meta.Title,
            SocialDescription = meta.SocialDescription.Length > 0 ? meta.SocialDescription : meta.Description,
            FeaturedPicture = above?.Id ?? "",
            PictureAlt = meta.Alt,
            PictureCaption = meta.Caption,
            LockedBecause = post["visibility"] == "members" ? Members : Paying,
            Comments = comments,
            RefusedComments = refused,
            Notes = [.. notes],
        };
    }

    private IncomingPage Page(GhostRow post, string id, string title)
    {
        SortedSet<string> notes = [];
        var (html, meta) = (GhostText.Html(post, notes), index.MetaOf(id) ?? GhostIndex.MetaOf(post));
        // A page here has no place for a picture but its text.
        if (GhostIndex.FeatureOf(post) is { Length: > 0 } above && post["show_title_and_feature_image"] is not ("false" or "0"))
            html = GhostCards.Picture(above.Replace(GhostText.Site, "", StringComparison.Ordinal), meta.Alt, PlainParagraphs.Escape(meta.Caption)) + html;
        return new(id, title, post["slug"].Trim(), Status(post, notes), Body(html, notes))
        {
            Description = GhostText.Plain(post["custom_excerpt"]) is { Length: > 0 } excerpt ? excerpt : meta.Description,
            Paths = Paths(post, notes),
        };
    }

    /// <param name="more">To be told with the text's own notes; null where the article tells them.</param>
    private IncomingBody Body(string html, IReadOnlySet<string>? more) => new(html, source =>
    {
        var set = WordpressBody.SetHtml(source, text => text, breaks: false, (page, notes) => index.Pictures.Hang(page, site, notes), address => WordpressBody.Inside(address, site));
        return more is null ? set : set with { Notes = [.. set.Notes, .. more] };
    }, index.Pictures.In);

    private static IncomingStatus Status(GhostRow post, SortedSet<string> notes)
    {
        var isOpen = post["visibility"] is "public" or "";
        switch (post["status"])
        {
            case "published": return isOpen ? IncomingStatus.Published : IncomingStatus.Locked;
            case "scheduled" when isOpen: return IncomingStatus.Scheduled;
            case "scheduled":
                notes.Add("Was to appear later, and to members only: a draft here");
                return IncomingStatus.Draft;
            case "sent":
                notes.Add("Was sent as a letter and never on the site: a draft here");
                return IncomingStatus.Draft;
            case "draft": return IncomingStatus.Draft;
            default:
                notes.Add($"Had the status “{GhostText.Plain(post["status"])}”: a draft here");
                return IncomingStatus.Draft;
        }
    }

    /// <summary>Ghost's own address of it, unless the site was told otherwise.</summary>
    private List<string> Paths(GhostRow post, SortedSet<string> notes)
    {
        if (post["slug"].Trim() is not { Length: > 0 } slug) return [];
        if (!GhostIndex.IsPage(post) && StandingPage.IsTaken(slug)) notes.Add("What readers found at its old address is another page here");
        return index.Setting("amp") == "true" && !GhostIndex.IsPage(post) ? [$"/{slug}/", $"/{slug}/amp/"] : [$"/{slug}/"];
    }

    private List<IncomingTerm> Authors(GhostRow post, SortedSet<string> notes)
    {
        var signed = index.AuthorsOf(post);
        var known = signed.Where(index.Authors.ContainsKey).Select(id => new IncomingTerm(id, index.Authors[id].Name)).ToList();
        if (known.Count < signed.Count) notes.Add("Is signed by somebody whom the file does not list");
        return known;
    }

    private List<IncomingTerm> Tags(string id, SortedSet<string> notes)
    {
        List<IncomingTerm> tags = [];
        foreach (var key in index.TagsOf(id))
        {
            if (index.Tags.GetValueOrDefault(key) is not { } tag) notes.Add("Has a tag that the file does not list");
            else if (tag.IsInternal) notes.Add($"Had the internal tag “{tag.Name}”, which is not kept");
            else tags.Add(new(key, tag.Name));
        }

        return tags;
    }

    private static List<IncomingTerm> Untagged(SortedSet<string> notes)
    {
        notes.Add("Had no tag, of which its category would be made: it is under Uncategorized");
        return [];
    }

    private (List<IncomingComment> Taken, List<Refused> Refused) Comments(string postId)
    {
        List<IncomingComment> taken = [];
        List<Refused> refused = [];
        HashSet<string> seen = [];
        foreach (var place in index.CommentsOf(postId))
        {
            if (said(place) is not { } comment) continue;
            var (id, html) = (comment.Id, comment["html"]);
            var member = index.Member(comment["member_id"]).Split('\n');
            var why = id.Length is 0 or > ImportedItem.SourceIdLength ? "It has no id."
                : !seen.Add(id) ? "A comment with this id came before it."
                : comment["status"] == "deleted" || html.Length == 0 ? "It was deleted."
                : html.Length > ArticleBody.MaxLength ? "It is longer than any comment."
                : null;
            if (why is not null) refused.Add(new("comment", id, member[0], why));
            else taken.Add(new(id, comment["in_reply_to_id"] is { Length: > 0 } answered ? answered : comment["parent_id"], member[0], member.ElementAtOrDefault(1) ?? "", "", GhostText.Date(comment["created_at"]),
                new(html, source => WordpressBody.SetComment(source, site)), comment["status"] == "hidden" ? IncomingCommentState.Rejected : IncomingCommentState.Approved));
        }

        return (taken, refused);
    }

    private IEnumerable<IncomingMenuItem> Menu(string setting, string name)
    {
        var items = GhostRow.Parse(index.Setting(setting)) is { } menu ? menu.Items() : [];
        return items.Select((item, i) => (Label: GhostText.Plain(item.Text("label")), Url: Inside(item.Text("url").Trim()), At: i))
            .Select(item => new IncomingMenuItem(ImportRun.Hash($"{setting} {item.Label} {item.Url}")[..40], name, "", item.Label, item.At, IncomingMenuTarget.Address, item.Url))
            .DistinctBy(item => item.Id);
    }

    private string Inside(string address)
    {
        address = WordpressBody.Inside(address.Replace(GhostText.Site, "", StringComparison.Ordinal), site);
        return address.Length == 0 ? "/" : address.Length > 1 && address.StartsWith('/') && !address.Contains('#') && !address.Contains('?') ? address.TrimEnd('/') : address;
    }

    private static string Title(GhostRow post) => GhostText.Plain(post["title"]) is var title && title is "(Untitled)" ? "" : title;

    private static IncomingRefusal Refuse(string kind, string id, string name, string why) => new(new(kind, id, name, why));
}
