using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;

namespace BlueTechWave.Web.Pages;

/// <summary>An article with its discussion: read by <see cref="ArticlePage"/>, answered by <see cref="CommentsPage"/>.</summary>
public abstract class ArticlePageModel(NewsDbContext db, SiteAddress address) : FramedPageModel
{
    protected NewsDbContext Db { get; } = db;

    public ArticleReading Reading { get; private set; } = null!;

    public ArticleReading.ArticleRow Article => Reading.Article;

    /// <summary>Null where readers have none of its own to see: the cover serves.</summary>
    public LeadPicture? Picture => Article.Picture is { Path.Length: > 0 } shown ? shown : null;

    public CategoryNode? Category { get; private set; }

    public string BodyHtml { get; private set; } = "";

    public string Address => To.Article(Article.Year, Article.Month, Article.Slug);

    public string Canonical => address.Of(Address);

    public ShareCard Card { get; private set; } = null!;

    public IReadOnlyList<ShareLink> ShareLinks => Links.ShareLinks.Of(Canonical, Card, address.Of(Card.Image.Path));

    public DiscussionView Discussion { get; protected set; } = null!;

    /// <summary>UTC; the moment looked at, where an editor looks ahead.</summary>
    protected DateTime Now => HttpContext.Features.Get<Moment>()?.At ?? HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;

    /// <summary>Everything but the comment form: shared with the page that answers a post with mistakes in it.</summary>
    protected async Task<bool> ShowAsync(ArticleReading.ArticleRow article, int commentPage, CommentOrder order = CommentOrder.Thread)
    {
        if (commentPage > 1 && (commentPage - 1) * ArticleReading.CommentsPerPage >= article.CommentCount) return false;

        int[] unrelated = [.. Frame.Categories.Values.Where(c => c.IsPartnerContent).Select(c => c.Id)];
        Print(await ArticleReading.AroundAsync(Db, article, order, commentPage, Frame.Settings.RelatedOrder, unrelated, HttpContext.RequestAborted));
        return true;
    }

    protected DiscussionView Discuss(CommentForm form, int page = 1, CommentOrder order = CommentOrder.Thread, int replyTo = 0)
    {
        var policy = PolicyOf(Article);
        return new(Reading, Address, page, form, replyTo)
        {
            Order = order,
            Closed = WhyClosed(Article),
            Stamp = FormStamp.Make(Frame.Discussions.StampKey, Article.Id, Now),
            IsHeld = policy == CommentPolicy.HoldAll,
        };
    }

    protected CommentPolicy PolicyOf(ArticleReading.ArticleRow article) => article.CommentPolicy ?? Frame.Discussions.Policy;

    /// <summary>Why nobody can add to the discussion; null where anybody can.</summary>
    protected string? WhyClosed(ArticleReading.ArticleRow article)
    {
        if (!article.CommentsOpen || PolicyOf(article) == CommentPolicy.Off) return "Comments closed: this discussion takes no more.";
        return Frame.Discussions.ClosesAt(article.PublishedAt) <= Now
            ? $"Comments closed: discussions here end {Frame.Discussions.ClosesAfterDays:N0} days after an article is published."
            : null;
    }

    protected void Print(ArticleReading reading)
    {
        Reading = reading;
        Category = Here = Frame.Category(Article.CategoryId);
        var linked = ArticlePrint.Print(Article.BodyHtml, id =>
            Reading.Linked.TryGetValue(id, out var to) ? (to.Headline, To.Article(to.Year, to.Month, to.Slug)) : null);
        BodyHtml = BodyPictures.Print(linked, placed => PictureHtml.Of(placed, Reading.Pictures));

        Card = ShareCard.Of(Article);
        ShowsAll();
        Head = MakeHead();
    }

    private void ShowsAll()
    {
        Shows(Notice.Article(Article.Id), Notice.Comments(Article.Id));
        Shows(Reading.Authors.Select(a => Notice.Author(a.Id)));
        Shows(Reading.LinkedIds.Select(Notice.Article));
        Shows(Reading.Related);
        foreach (var tag in Reading.Tags) Shows(Notice.Tag(tag.Id), Notice.List(Listing.OfTag(tag.Id)));
        if (Category is not null) Shows(Notice.List(Listing.OfCategory(Category.Id)));
        ShowsRail();
    }

    private PageHead MakeHead() => new()
    {
        Title = Article.Headline,
        Description = Article.CardText,
        Canonical = Address,
        OpenGraphType = "article",
        Card = Card,
        Times = new(Article.PublishedAt, Article.UpdatedAt, Category?.Name ?? "", [.. Reading.Tags.Select(t => t.Name)], [.. Reading.Authors.Select(a => To.Author(a.Slug))]),
        Crumbs = [new("Home", To.Home), .. CategoryLine.Select(c => new Crumb(c.Name, To.Category(c))), new(Article.Headline, null)],
        JsonLd = [Facts.Article(Reading, Category, Card.Image, Frame)],
        Feed = ($"Comments on: {Article.Headline}", To.FeedOf(Address)),
    };

    private IEnumerable<CategoryNode> CategoryLine =>
        Frame.Settings.BreadcrumbShowsCategories && Category is not null ? Category.Line : [];
}
