using System.Globalization;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Categories;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Exchange.Folder;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Pages;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Feeds;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Exchange;

/// <summary>What was written, for whoever asked for it.</summary>
/// <param name="Left">Pictures that readers have no file of, so that WordPress could fetch none.</param>
internal sealed record WordpressCounts(int Articles, int Pages, int Comments, int Pictures, int Left);

/// <summary>
/// Writes the paper as a WordPress export, some articles in memory at a time. Texts are the HTML that readers of the feed get, with whole
/// addresses. WordPress counts everything that can be opened together, and all terms together: numbers are spread so that none meets.
/// </summary>
internal sealed class WordpressWriter(NewsDbContext db, string name, Uri root, TimeZoneInfo zone, DateTime now)
{
    private const int AtOnce = 100;
    private const int MenuTerms = 3;

    private readonly Dictionary<int, string> _nicenames = [];
    private readonly Dictionary<int, Category> _categories = [];
    private readonly HashSet<int> _pictures = [];
    private WordpressCounts _counts = new(0, 0, 0, 0, 0);

    public async Task<WordpressCounts> WriteAsync(Stream to, IProgress<ExchangeProgress> progress, CancellationToken cancellation)
    {
        await using var snapshot = await db.SnapshotAsync(cancellation);
        using var file = new WordpressFile(to);
        await BeginAsync(file);
        await WriteTermsAsync(file);
        await WritePicturesAsync(file, cancellation);
        await WritePagesAsync(file);
        await WriteArticlesAsync(file, progress, cancellation);
        await WriteMenusAsync(file);
        return _counts;
    }

    private static long Post(int article) => article * 4L;

    private static long PagePost(int page) => page * 4L + 1;

    private static long PicturePost(int picture) => picture * 4L + 2;

    private static long MenuPost(int item) => item * 4L + 3;

    private static long CategoryTerm(int category) => category * 3L + 1;

    private static long TagTerm(int tag) => tag * 3L + 2;

    private async Task BeginAsync(WordpressFile file)
    {
        var settings = await db.Settings.AsNoTracking().SingleOrDefaultAsync();
        file.Text("title", name);
        file.Text("link", Whole(""));
        file.Text("description", settings?.Tagline ?? "");
        file.Text("pubDate", WordpressFile.RssDate(now));
        file.Text("language", Feed.Language);
        file.Text("wp:wxr_version", "1.2");
        file.Text("wp:base_site_url", Whole(""));
        file.Text("wp:base_blog_url", Whole(""));
    }

    private async Task WriteTermsAsync(WordpressFile file)
    {
        foreach (var author in await db.Authors.AsNoTracking().OrderBy(a => a.Id).ToListAsync())
        {
            file.Start("wp:author");
            file.Number("wp:author_id", author.Id);
            file.Typed("wp:author_login", author.Slug);
            file.Typed("wp:author_email", "");
            file.Typed("wp:author_display_name", author.Name);
            file.Typed("wp:author_first_name", "");
            file.Typed("wp:author_last_name", "");
            file.End();
        }

        foreach (var category in await db.Categories.AsNoTracking().OrderBy(c => c.Position).ThenBy(c => c.Id).ToListAsync()) _categories.Add(category.Id, category);
        var paths = await CategoryPaths.OfAsync(db);
        var alike = _categories.Values.CountBy(c => c.Slug).ToDictionary();
        // A slug names one category there, whatever it stands under.
        foreach (var category in _categories.Values) _nicenames.Add(category.Id, alike[category.Slug] == 1 ? category.Slug : paths[category.Id].Replace('/', '-'));
        foreach (var category in _categories.Values.OrderBy(c => paths[c.Id].Count(letter => letter == '/')))
        {
            file.Start("wp:category");
            file.Number("wp:term_id", CategoryTerm(category.Id));
            file.Typed("wp:category_nicename", _nicenames[category.Id]);
            file.Typed("wp:category_parent", category.ParentId is { } parent ? _nicenames[parent] : "");
            file.Typed("wp:cat_name", category.Name);
            file.Typed("wp:category_description", category.Description);
            file.End();
        }

        foreach (var tag in await db.Tags.AsNoTracking().OrderBy(t => t.Id).ToListAsync())
        {
            file.Start("wp:tag");
            file.Number("wp:term_id", TagTerm(tag.Id));
            file.Typed("wp:tag_slug", tag.Slug);
            file.Typed("wp:tag_name", tag.Name);
            file.End();
        }

        foreach (var place in Enum.GetValues<MenuPlace>())
        {
            file.Start("wp:term");
            file.Number("wp:term_id", MenuTerms * ((int)place + 1L));
            file.Typed("wp:term_taxonomy", "nav_menu");
            file.Typed("wp:term_slug", NameOf(place).ToLowerInvariant());
            file.Typed("wp:term_parent", "");
            file.Typed("wp:term_name", NameOf(place));
            file.End();
        }
    }

    private async Task WritePicturesAsync(WordpressFile file, CancellationToken cancellation)
    {
        await foreach (var picture in db.Pictures.AsNoTracking().Where(p => p.TrashedAt == null).OrderBy(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!picture.IsShown)
            {
                _counts = _counts with { Left = _counts.Left + 1 };
                continue;
            }

            var widest = new Rendition(Slot.Full, Slot.Full.WidthsFor(picture.Width, picture.Height)[^1], "jpg").Name;
            var address = Whole($"{picture.Path}/{widest}");
            _pictures.Add(picture.Id);
            _counts = _counts with { Pictures = _counts.Pictures + 1 };
            Begin(file, picture.Name, address, picture.AddedAt, "", "", picture.Caption);
            About(file, PicturePost(picture.Id), "attachment", "inherit", $"picture-{picture.Id.ToString(CultureInfo.InvariantCulture)}", picture.AddedAt, picture.AddedAt, commentsOpen: false, isSticky: false);
            file.Typed("wp:attachment_url", address);
            file.Meta("_wp_attached_file", string.Create(CultureInfo.InvariantCulture, $"{picture.AddedAt:yyyy/MM}/picture-{picture.Id}.jpg"));
            file.Meta("_wp_attachment_image_alt", Some(picture.Alt));
            file.Meta("_media_credit", Some(picture.Credit));
            file.End();
        }
    }

    private async Task WritePagesAsync(WordpressFile file)
    {
        foreach (var page in await db.Pages.AsNoTracking().OrderBy(p => p.Id).ToListAsync())
        {
            var address = Whole(To.StandingPage(page.Slug));
            var pictures = await BodyPictures.ReadAsync(db, [page.BodyHtml], CancellationToken.None);
            var html = FeedHtml.Absolute(BodyPictures.Print(ArticlePrint.Print(page.BodyHtml, _ => null), placed => PictureHtml.Plain(placed, pictures)), new(address));
            Begin(file, page.Title, address, page.RevisedAt ?? now, "", html, page.Description);
            About(file, PagePost(page.Id), "page", "publish", page.Slug, page.RevisedAt ?? now, page.RevisedAt ?? now, commentsOpen: false, isSticky: false);
            file.End();
            _counts = _counts with { Pages = _counts.Pages + 1 };
        }
    }

    private async Task WriteArticlesAsync(WordpressFile file, IProgress<ExchangeProgress> progress, CancellationToken cancellation)
    {
        var all = await db.Articles.CountAsync(cancellation);
        var onHome = (await db.HomeSlots.Select(s => s.ArticleId).ToListAsync(cancellation)).ToHashSet();
        for (var last = 0; ;)
        {
            var batch = await db.Articles.AsNoTracking().Where(a => a.Id > last).OrderBy(a => a.Id).Take(AtOnce)
                .Include(a => a.Bylines).ThenInclude(b => b.Author).Include(a => a.FurtherCategories).Include(a => a.Tags).ThenInclude(t => t.Tag)
                .AsSplitQuery().ToListAsync(cancellation);
            if (batch.Count == 0) break;
            last = batch[^1].Id;

            var ids = batch.Select(a => a.Id).ToList();
            var printed = (await FeedArticle.OfAsync(db, batch, cancellation)).ToDictionary(a => a.Id);
            var comments = (await db.Comments.AsNoTracking().Where(c => ids.Contains(c.ArticleId)).OrderBy(c => c.Id).ToListAsync(cancellation)).ToLookup(c => c.ArticleId);
            foreach (var article in batch) Write(file, article, printed[article.Id], comments[article.Id], onHome.Contains(article.Id));
            _counts = _counts with { Articles = _counts.Articles + batch.Count };
            progress.Report(new(_counts.Articles, all));
        }
    }

    private void Write(WordpressFile file, Article article, FeedArticle printed, IEnumerable<Comment> comments, bool isSticky)
    {
        var at = article.PublishedAt ?? article.ScheduledFor ?? article.CreatedAt;
        var address = article is { Year: { } year, Month: { } month } ? Whole(To.Article(year, month, article.Slug)) : Whole($"/?p={Post(article.Id).ToString(CultureInfo.InvariantCulture)}");
        var byline = article.Bylines.OrderBy(b => b.Position).FirstOrDefault();
        Begin(file, article.Headline, address, at, byline?.Author.Slug ?? "", FeedHtml.Of(printed, null, isPaidFor: false, new(address)), article.Summary ?? "");
        About(file, Post(article.Id), "post", StatusOf(article.Status), article.Slug, at, article.UpdatedAt ?? at, article.CommentsOpen, isSticky);
        foreach (var id in article.FurtherCategories.Select(f => f.CategoryId).Prepend(article.CategoryId ?? 0).Where(_categories.ContainsKey)) file.Term("category", _nicenames[id], _categories[id].Name);
        foreach (var tag in article.Tags.OrderBy(t => t.Position)) file.Term("post_tag", tag.Tag.Slug, tag.Tag.Name);
        if (article.Picture?.PictureId is { } lead && _pictures.Contains(lead)) file.Meta("_thumbnail_id", PicturePost(lead).ToString(CultureInfo.InvariantCulture));
        file.Meta("_yoast_wpseo_title", article.SocialTitle);
        file.Meta("_yoast_wpseo_metadesc", article.SocialDescription);
        foreach (var comment in comments) Write(file, comment, new(address));
        file.End();
    }

    private void Write(WordpressFile file, Comment comment, Uri page)
    {
        file.Start("wp:comment");
        file.Number("wp:comment_id", comment.Id);
        file.Typed("wp:comment_author", comment.Name);
        file.Typed("wp:comment_author_email", comment.Email);
        file.Text("wp:comment_author_url", "");
        file.Typed("wp:comment_author_IP", comment.Address);
        file.Typed("wp:comment_date", WordpressFile.Date(Local(comment.CreatedAt)));
        file.Typed("wp:comment_date_gmt", WordpressFile.Date(comment.CreatedAt));
        file.Typed("wp:comment_content", FeedHtml.Absolute(comment.BodyHtml, page));
        file.Typed("wp:comment_approved", comment.State switch { CommentState.Approved => "1", CommentState.Spam => "spam", CommentState.Rejected => "trash", _ => "0" });
        file.Typed("wp:comment_type", "comment");
        file.Number("wp:comment_parent", comment.ParentId ?? 0);
        file.Number("wp:comment_user_id", comment.AuthorId ?? 0);
        file.End();
        _counts = _counts with { Comments = _counts.Comments + 1 };
    }

    private async Task WriteMenusAsync(WordpressFile file)
    {
        var items = await db.MenuItems.AsNoTracking().OrderBy(i => i.Place).ThenBy(i => i.Position).ThenBy(i => i.Id).ToListAsync();
        var order = 0;
        foreach (var item in items)
        {
            var (type, kind, target) = item switch
            {
                { CategoryId: { } category } => ("taxonomy", "category", CategoryTerm(category)),
                { PageId: { } page } => ("post_type", "page", PagePost(page)),
                _ => ("custom", "custom", MenuPost(item.Id)),
            };
            Begin(file, item.Label, Whole($"/?p={MenuPost(item.Id).ToString(CultureInfo.InvariantCulture)}"), now, "", "", "");
            About(file, MenuPost(item.Id), "nav_menu_item", "publish", $"menu-{item.Id.ToString(CultureInfo.InvariantCulture)}", now, now, commentsOpen: false, isSticky: false, ++order);
            file.Term("nav_menu", NameOf(item.Place).ToLowerInvariant(), NameOf(item.Place));
            file.Meta("_menu_item_type", type);
            file.Meta("_menu_item_menu_item_parent", (item.ParentId is { } parent ? MenuPost(parent) : 0).ToString(CultureInfo.InvariantCulture));
            file.Meta("_menu_item_object_id", target.ToString(CultureInfo.InvariantCulture));
            file.Meta("_menu_item_object", kind);
            file.Meta("_menu_item_target", "");
            file.Meta("_menu_item_classes", "a:1:{i:0;s:0:\"\";}");
            file.Meta("_menu_item_xfn", "");
            file.Meta("_menu_item_url", kind == "custom" ? item.Url is ['/', ..] ? Whole(item.Url) : item.Url ?? "#" : "");
            file.End();
        }
    }

    /// <summary>An item up to its text; the caller ends it.</summary>
    private static void Begin(WordpressFile file, string title, string link, DateTime at, string creator, string content, string excerpt)
    {
        file.Start("item");
        file.Typed("title", title);
        file.Text("link", link);
        file.Text("pubDate", WordpressFile.RssDate(at));
        file.Typed("dc:creator", creator);
        file.Guid(link);
        file.Text("description", "");
        file.Typed("content:encoded", content);
        file.Typed("excerpt:encoded", excerpt);
    }

    private void About(WordpressFile file, long id, string type, string status, string slug, DateTime at, DateTime changed, bool commentsOpen, bool isSticky, int order = 0)
    {
        file.Number("wp:post_id", id);
        file.Typed("wp:post_date", WordpressFile.Date(Local(at)));
        file.Typed("wp:post_date_gmt", WordpressFile.Date(at));
        file.Typed("wp:post_modified", WordpressFile.Date(Local(changed)));
        file.Typed("wp:post_modified_gmt", WordpressFile.Date(changed));
        file.Typed("wp:comment_status", commentsOpen ? "open" : "closed");
        file.Typed("wp:ping_status", "closed");
        file.Typed("wp:post_name", slug);
        file.Typed("wp:status", status);
        file.Number("wp:post_parent", 0);
        file.Number("wp:menu_order", order);
        file.Typed("wp:post_type", type);
        file.Typed("wp:post_password", "");
        file.Number("wp:is_sticky", isSticky ? 1 : 0);
    }

    /// <summary>What was taken back is kept from readers there, too.</summary>
    private static string StatusOf(ArticleStatus status) => status switch
    {
        ArticleStatus.Published => "publish",
        ArticleStatus.Scheduled => "future",
        ArticleStatus.InReview => "pending",
        ArticleStatus.Withdrawn => "private",
        ArticleStatus.Trashed => "trash",
        _ => "draft",
    };

    private static string NameOf(MenuPlace place) => place == MenuPlace.Header ? "Header" : "Footer";

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, zone);

    private string Whole(string path) => root.GetLeftPart(UriPartial.Authority) + path;

    private static string? Some(string text) => text.Length == 0 ? null : text;
}
