using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Audit;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Core.Settings;

namespace BlueTechWave.Core.Exchange.Folder;

/// <summary>Reads everything in a folder once, and holds it against itself: whether all that is named is there, and nothing twice.</summary>
internal sealed class FolderCheck(FolderSource source, FolderFaults faults)
{
    private readonly HashSet<int> _pictures = [];
    private readonly HashSet<string> _pages = [];
    private readonly HashSet<int> _articles = [];
    private readonly HashSet<int> _comments = [];
    private readonly HashSet<string> _addresses = [];
    private readonly Dictionary<string, int> _counts = [];

    /// <summary>Categories by path, with their parents' numbers, none before that it stands under.</summary>
    public Dictionary<string, (CategoryShape Shape, int? Parent)> Categories { get; } = [];

    public Dictionary<string, TagShape> Tags { get; } = [];

    public Dictionary<string, AuthorShape> Authors { get; } = [];

    public SettingsShape Settings { get; private set; } = new();

    public MenusShape Menus { get; private set; } = new();

    public IReadOnlyList<HomeShape> Home { get; private set; } = [];

    public void Run(CancellationToken cancellation)
    {
        string[] needed = ["settings.yaml", "categories.yaml", "tags.yaml", "authors.yaml", "menus.yaml", "home.yaml", "pictures.jsonl", "redirects.jsonl", "views.jsonl"];
        foreach (var missing in needed.Where(file => !source.Has(file))) faults.Add(missing, "the list does not name it.");
        if (faults.Any) return;

        Look("pictures.jsonl", () => { foreach (var picture in source.Lines<PictureLine>("pictures.jsonl")) Look(picture); });
        Look("settings.yaml", LookAtSettings);
        Look("categories.yaml", () => Plant(source.Yaml<List<CategoryShape>>("categories.yaml"), null, ""));
        Look("tags.yaml", () => { foreach (var tag in source.Yaml<List<TagShape>>("tags.yaml")) Once(Tags.TryAdd(tag.Slug, tag), "tags", $"tag “{tag.Slug}”"); });
        Look("authors.yaml", () => { foreach (var author in source.Yaml<List<AuthorShape>>("authors.yaml")) Look(author); });
        foreach (var page in source.Pages) Look(page, () => Once(_pages.Add(source.Markdown<PageMatter>(page).Matter.Slug), "pages", "page of this slug"));
        Look("menus.yaml", () => Look(Menus = source.Yaml<MenusShape>("menus.yaml")));
        foreach (var article in source.Articles)
        {
            cancellation.ThrowIfCancellationRequested();
            Look(article, () => LookAtArticle(article));
        }

        Look("home.yaml", () => { foreach (var slot in Home = source.Yaml<List<HomeShape>>("home.yaml")) { IsThere(slot.Article); Count("home-slots"); } });
        Look("redirects.jsonl", LookAtRedirects);
        Look("views.jsonl", () => { foreach (var views in source.Lines<ViewsLine>("views.jsonl")) { IsThere(views.Article); Count("views"); } });
        foreach (var (kind, count) in source.Manifest.Counts)
            if (!faults.Any && _counts.GetValueOrDefault(kind) != count) faults.Add(FolderWriter.ManifestName, $"it counts {count:N0} {kind}, and there are {_counts.GetValueOrDefault(kind):N0}.");
    }

    private void Look(string file, Action look) => faults.Try(file, () =>
    {
        look();
        return file;
    });

    private void Look(PictureLine picture)
    {
        if (!source.Has(picture.File)) throw new FolderFaultException($"the list does not name {picture.File}.");
        Once(_pictures.Add(picture.Id), "pictures", string.Create(CultureInfo.InvariantCulture, $"picture {picture.Id}"));
    }

    private void LookAtSettings()
    {
        Settings = source.Yaml<SettingsShape>("settings.yaml");
        if (Settings.Site is { } site) FrontMatter.Named<RelatedOrder>(site.RelatedOrder);
        if (Settings.Discussions is { } discussions) FrontMatter.Named<CommentPolicy>(discussions.Policy);
        foreach (var rule in Settings.CommentRules) RuleOf(rule);
    }

    public static CommentRule RuleOf(RuleShape shape)
    {
        var rule = CommentRule.Make(FrontMatter.Named<RuleKind>(shape.Kind), shape.Pattern, FrontMatter.Named<RuleOutcome>(shape.Outcome), new Actor(null, shape.By ?? "", ""), shape.Created, out var mistake)
            ?? throw new FolderFaultException($"the rule “{shape.Pattern}” is none. {mistake}");
        rule.Switch(shape.On);
        return rule;
    }

    private void Plant(List<CategoryShape> level, int? parent, string under)
    {
        foreach (var category in level)
        {
            var path = under + category.Slug;
            Once(Categories.TryAdd(path, (category, parent)), "categories", $"category “{path}”");
            Plant(category.Children, category.Id, path + "/");
        }
    }

    private void Look(AuthorShape author)
    {
        Once(Authors.TryAdd(author.Slug, author), "authors", $"author “{author.Slug}”");
        HasPicture(author.Picture);
    }

    private void Look(MenusShape menus)
    {
        foreach (var entry in menus.Header.Concat(menus.Footer)) Look(entry);
    }

    private void Look(MenuShape entry)
    {
        Count("menu-entries");
        if (entry.Category is { } category) HasCategory(category);
        if (entry.Page is { } page && !_pages.Contains(page)) throw new FolderFaultException($"there is no page “{page}”.");
        foreach (var under in entry.Entries) Look(under);
    }

    private void LookAtArticle(string file)
    {
        var (article, body) = source.Markdown<ArticleMatter>(file);
        if (body.Length > ArticleBody.MaxLength) throw new FolderFaultException($"its text is longer than {ArticleBody.MaxLength:N0} characters.");
        if (article.Id <= 0) throw new FolderFaultException("it has no id.");
        var status = FrontMatter.Named<ArticleStatus>(article.Status);
        var wasPublic = status is ArticleStatus.Published or ArticleStatus.Withdrawn;
        if (wasPublic && (article is { Published: null } or { Year: null } or { Month: null } or { Category: null } or { Authors.Count: 0 } || !Slug.IsOne(article.Slug)))
            throw new FolderFaultException($"it is {article.Status}, and lacks a day of publication, year, month, slug, category or author.");

        Once(_articles.Add(article.Id), "articles", string.Create(CultureInfo.InvariantCulture, $"article {article.Id}"));
        if (article.Year is { } year) Once(_addresses.Add(string.Create(CultureInfo.InvariantCulture, $"{year}/{article.Month}/{article.Slug}")), "", $"article at this address");
        foreach (var category in article.AlsoIn.Concat(article.Category is null ? [] : [article.Category])) HasCategory(category);
        foreach (var tag in article.Tags) if (!Tags.ContainsKey(tag)) throw new FolderFaultException($"there is no tag “{tag}”.");
        foreach (var byline in article.Authors) HasAuthor(byline.Author);
        HasPicture(article.Picture?.Picture);
        if (article.Discussion is { } discussion) FrontMatter.Named<CommentPolicy>(discussion);
        Look(FolderSource.HistoryOf(file), () => { foreach (var revision in source.Lines<RevisionLine>(FolderSource.HistoryOf(file))) FrontMatter.Named<ArticleAct>(revision.Act); });
        Look(FolderSource.CommentsOf(file), () => LookAtComments(source.Lines<CommentLine>(FolderSource.CommentsOf(file))));
    }

    private void LookAtComments(IEnumerable<CommentLine> comments)
    {
        HashSet<int> here = [];
        foreach (var comment in comments)
        {
            Once(_comments.Add(comment.Id), "comments", string.Create(CultureInfo.InvariantCulture, $"comment {comment.Id}"));
            if (comment.Parent is { } parent && !here.Contains(parent)) throw new FolderFaultException($"comment {comment.Id} answers {parent}, which is not before it.");
            here.Add(comment.Id);
            FrontMatter.Named<CommentState>(comment.State);
            if (comment.Author is { } author) HasAuthor(author);
        }
    }

    private void LookAtRedirects()
    {
        HashSet<string> from = [];
        foreach (var redirect in source.Lines<RedirectLine>("redirects.jsonl"))
        {
            Once(from.Add(redirect.From), "redirects", $"redirect from {redirect.From}");
            if (redirect.From.Length > Redirect.FromLength || redirect.To?.Length > Redirect.ToLength) throw new FolderFaultException($"the redirect from {ImportRun.Cut(redirect.From, 100)} is too long.");
            if (redirect.Article is { } article) IsThere(article);
            else if (redirect.To is null) throw new FolderFaultException($"the redirect from {redirect.From} leads nowhere.");
        }
    }

    private void IsThere(int article)
    {
        if (!_articles.Contains(article)) throw new FolderFaultException($"there is no article {article}.");
    }

    private void HasPicture(int? picture)
    {
        if (picture is { } id && !_pictures.Contains(id)) throw new FolderFaultException($"there is no picture {id}.");
    }

    private void HasCategory(string path)
    {
        if (!Categories.ContainsKey(path)) throw new FolderFaultException($"there is no category “{path}”.");
    }

    private void HasAuthor(string slug)
    {
        if (!Authors.ContainsKey(slug)) throw new FolderFaultException($"there is no author “{slug}”.");
    }

    private void Once(bool isFirst, string kind, string what)
    {
        if (!isFirst) throw new FolderFaultException($"there is more than one {what}.");
        if (kind.Length > 0) Count(kind);
    }

    private void Count(string kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
}
