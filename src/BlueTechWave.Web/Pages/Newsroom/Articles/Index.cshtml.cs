using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Caching;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>All articles she may see: by status, found, narrowed, ordered.</summary>
public class ArticlesModel(NewsDbContext db, SiteFrames frames, TimeProvider clock) : NewsroomPageModel
{
    private const int LongestSearch = 200;

    public sealed record View(string Name, string Label, ArticleStatus? Status);

    public static readonly IReadOnlyList<View> Views =
    [
        new("", "All", null),
        new("draft", "Draft", ArticleStatus.Draft),
        new("in-review", "In review", ArticleStatus.InReview),
        new("scheduled", "Scheduled", ArticleStatus.Scheduled),
        new("published", "Published", ArticleStatus.Published),
        new("unpublished", "Unpublished", ArticleStatus.Withdrawn),
        new("trash", "Trash", ArticleStatus.Trashed),
    ];

    public static readonly IReadOnlyList<(string Name, string Label, SheetOrder Order)> Orders =
    [
        ("", "Last changed", SheetOrder.Changed),
        ("published", "Publish date", SheetOrder.Published),
        ("headline", "Headline", SheetOrder.Headline),
    ];

    public DateTime Now { get; private set; }

    public SheetQuery Asked { get; private set; } = null!;

    public ArticleSheet Sheet { get; private set; } = null!;

    public View Chosen { get; private set; } = Views[0];

    public string Order { get; private set; } = "";

    public int? CategoryId { get; private set; }

    public IReadOnlyList<CategoryNode> Categories { get; private set; } = [];

    public IReadOnlyList<(int Id, string Name)> Authors { get; private set; } = [];

    /// <summary>The searches she has kept.</summary>
    public IReadOnlyList<SavedView> Kept { get; private set; } = [];

    /// <summary>What was typed for a name, and what is wrong with it.</summary>
    public string KeptName { get; private set; } = "";

    public string? KeptError { get; private set; }

    /// <summary>This search, as it stands in the address.</summary>
    public string Question => Address() is var address && address.IndexOf('?', StringComparison.Ordinal) is > 0 and var at ? address[at..] : "";

    // Everything arrives as text: what means nothing here is as if it had not been asked.
    public async Task OnGetAsync(string? status, string? q, string? category, string? author, string? mine, string? order, [FromQuery(Name = "page")] string? number, CancellationToken cancellation)
    {
        (Title, Here, Now) = ("Articles", "Articles", clock.GetUtcNow().UtcDateTime);
        var frame = await frames.GetAsync(cancellation);
        Categories = [.. frame.CategoriesInOrder];
        Authors = [.. (await db.Authors.OrderBy(a => a.Name).Select(a => new { a.Id, a.Name }).ToListAsync(cancellation)).Select(a => (a.Id, a.Name))];

        Chosen = Views.FirstOrDefault(v => v.Name == status) ?? Views[0];
        (Order, _, var by) = Orders.FirstOrDefault(o => o.Name == order, Orders[0]);
        CategoryId = Number(category) is { } id && Categories.Any(c => c.Id == id) ? id : null;
        var words = (q ?? "").Trim();
        Asked = new(Who)
        {
            Status = Chosen.Status,
            Words = words.Length > LongestSearch ? words[..LongestSearch] : words,
            Categories = CategoryId is { } chosen ? [.. Categories.First(c => c.Id == chosen).Whole.Select(c => c.Id)] : null,
            Author = Number(author) is { } person && Authors.Any(a => a.Id == person) ? person : null,
            IsMine = mine == "true" && May(Act.EditAll),
            Order = by,
            Page = Number(number) ?? 1,
        };
        Sheet = await ArticleSheet.FindAsync(db, Asked, cancellation);
        Kept = await db.SavedViews.AsNoTracking().Where(v => v.AccountId == Who.AccountId).OrderBy(v => v.Name).Take(SavedView.Most).ToListAsync(cancellation);
    }

    /// <summary>Keeps this search under a name; the same name again means the same place.</summary>
    public async Task<IActionResult> OnPostKeepAsync(string? status, string? q, string? category, string? author, string? mine, string? order, [FromForm] string? name)
    {
        await OnGetAsync(status, q, category, author, mine, order, null, HttpContext.RequestAborted);
        KeptName = (name ?? "").Trim();
        var known = await db.SavedViews.FirstOrDefaultAsync(v => v.AccountId == Who.AccountId && v.Name == KeptName);
        KeptError = KeptName.Length == 0 ? "Please give it a name."
            : KeptName.Length > SavedView.NameLength ? $"Please keep the name to {SavedView.NameLength} characters."
            : Question.Length > SavedView.QueryLength ? "This search is too long to be kept."
            : known is null && Kept.Count >= SavedView.Most ? $"You have kept {SavedView.Most} already; remove one first."
            : null;
        if (KeptError is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        if (known is null) db.SavedViews.Add(new(Who.AccountId, KeptName, Question));
        else known.Keep(Question);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = $"“{KeptName}” is kept.";
        return Redirect("/newsroom/articles" + Question);
    }

    public async Task<IActionResult> OnPostDropAsync([FromForm] int id)
    {
        if (await db.SavedViews.FirstOrDefaultAsync(v => v.Id == id && v.AccountId == Who.AccountId) is not { } view) return NotFound();
        db.SavedViews.Remove(view);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = $"“{view.Name}” is not kept any more.";
        return Redirect("/newsroom/articles");
    }

    /// <summary>This list in another view, order or page.</summary>
    public string Address(View? view = null, string? order = null, int page = 1)
    {
        var query = new Dictionary<string, string?>
        {
            ["status"] = (view ?? Chosen).Name,
            ["q"] = Asked.Words,
            ["category"] = CategoryId?.ToString(CultureInfo.InvariantCulture),
            ["author"] = Asked.Author?.ToString(CultureInfo.InvariantCulture),
            ["mine"] = Asked.IsMine ? "true" : null,
            ["order"] = order ?? Order,
            ["page"] = page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null,
        };
        return QueryHelpers.AddQueryString("/newsroom/articles", query.Where(p => !string.IsNullOrEmpty(p.Value)));
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
