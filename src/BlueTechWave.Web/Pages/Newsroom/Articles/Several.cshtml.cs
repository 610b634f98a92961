using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Core.Tags;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>One act on several articles: first what it would do to each, then, with one button, what it did.</summary>
public class SeveralModel(NewsDbContext db, SiteFrames frames, SiteClock zone, TimeProvider clock) : NewsroomPageModel
{
    private const int ReasonLength = 1000;

    /// <param name="WhyNot">Null where it will be done, or was.</param>
    public sealed record Line(int Id, int Version, string Headline, ArticleStatus Status, string? WhyNot);

    public SeveralAct Chosen { get; private set; }

    public string Words => SeveralWords.Of(Chosen);

    public string Reason { get; private set; } = "";

    public string Tag { get; private set; } = "";

    public CategoryNode? Category { get; private set; }

    public IReadOnlyList<CategoryNode> Categories { get; private set; } = [];

    public Dictionary<string, string> Errors { get; } = [];

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Whether it has been done, and this is the report.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The list they were chosen from.</summary>
    public string Back { get; private set; } = "/newsroom/articles";

    public bool NeedsReason => Chosen is SeveralAct.SendBack or SeveralAct.Unpublish;

    public bool NeedsTag => Chosen is SeveralAct.AddTag or SeveralAct.RemoveTag;

    public bool NeedsCategory => Chosen is SeveralAct.FileUnder;

    /// <summary>What readers would notice of it.</summary>
    public string Effect => Chosen switch
    {
        SeveralAct.Publish => "Readers see them at once, everywhere.",
        SeveralAct.Unpublish => "They leave every page, feed and search at once; their addresses answer with your reason.",
        SeveralAct.AddTag or SeveralAct.RemoveTag or SeveralAct.FileUnder => "Those that are published change for readers at once.",
        _ => "Readers notice nothing.",
    };

    public async Task OnGetAsync(string? act, string[]? pick, string? back, CancellationToken cancellation)
    {
        await ReadAsync(act, null, null, null, back, cancellation);
        await ShowAsync(Seen(pick), cancellation);
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? act, [FromForm] string[]? pick, [FromForm] string? reason, [FromForm] string? tag, [FromForm] string? category, [FromForm] string? back)
    {
        await ReadAsync(act, reason, tag, category, back, HttpContext.RequestAborted);
        Check();
        var seen = Seen(pick);
        if (Errors.Count > 0 || seen.Count == 0)
        {
            await ShowAsync(seen, HttpContext.RequestAborted);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var order = await OrderAsync();
        var results = new Dictionary<int, string?>();
        foreach (var (id, version) in seen)
            results[id] = await SeveralArticles.DoAsync(db, Who, id, version, order, clock.GetUtcNow().UtcDateTime, zone.Zone);
        db.ChangeTracker.Clear();
        IsDone = true;
        Lines = await db.Articles.AsNoTracking().SeenBy(Who).Where(a => seen.Keys.Contains(a.Id)).OrderByDescending(a => a.EditedAt)
            .Select(a => new Line(a.Id, a.Version, a.Headline, a.Status, null)).ToListAsync(CancellationToken.None);
        Lines = [.. Lines.Select(l => l with { WhyNot = results[l.Id] })];
        return Page();
    }

    private async Task ShowAsync(Dictionary<int, int> seen, CancellationToken cancellation)
    {
        var order = await OrderAsync();
        var now = clock.GetUtcNow().UtcDateTime;
        var articles = await db.Articles.AsNoTracking().SeenBy(Who).Whole().Where(a => seen.Keys.Contains(a.Id)).OrderByDescending(a => a.EditedAt).ToListAsync(cancellation);
        // What is still to be typed keeps nothing from being shown.
        Lines = [.. articles.Select(a => new Line(a.Id, a.Version, a.Headline, a.Status, SeveralArticles.WhyNot(Who, a, order, now)))];
    }

    private async Task<SeveralOrder> OrderAsync() =>
        new(Chosen, Reason, Tag, Category is null ? null : await db.Categories.AsNoTracking().FirstOrDefaultAsync(c => c.Id == Category.Id));

    private void Check()
    {
        if (!SeveralWords.OfferedTo(Who).Any(o => o.Act == Chosen)) Errors["act"] = "You may not.";
        if (NeedsReason && Reason.Length == 0) Errors["reason"] = Chosen == SeveralAct.Unpublish ? "Please give a reason; readers who come to the old addresses see it." : "Please say what is to be changed; the writers read it.";
        if (Reason.Length > ReasonLength) Errors["reason"] = $"Please keep it under {ReasonLength:N0} characters.";
        if (NeedsTag && Slug.From(Tag).Length == 0) Errors["tag"] = "Please name a tag.";
        else if (Tag.Length > Core.Tags.Tag.NameLength) Errors["tag"] = $"Please keep it to {Core.Tags.Tag.NameLength} characters.";
        if (NeedsCategory && Category is null) Errors["category"] = "Please choose a category.";
    }

    private async Task ReadAsync(string? act, string? reason, string? tag, string? category, string? back, CancellationToken cancellation)
    {
        (Title, Here) = ("Several articles", "Articles");
        Chosen = Enum.TryParse<SeveralAct>(act, out var known) && Enum.IsDefined(known) ? known : SeveralAct.Submit;
        (Reason, Tag) = ((reason ?? "").Trim(), (tag ?? "").Trim());
        Categories = [.. (await frames.GetAsync(cancellation)).CategoriesInOrder];
        Category = int.TryParse(category, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Categories.FirstOrDefault(c => c.Id == id) : null;
        if (back is not null && back.StartsWith("/newsroom/articles?", StringComparison.Ordinal)) Back = back;
    }

    private static Dictionary<int, int> Seen(string[]? picked)
    {
        var seen = new Dictionary<int, int>();
        foreach (var pick in (picked ?? []).Take(SeveralArticles.AtMost))
            if (pick.Split('.') is [var id, var version] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var article) && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var known))
                seen[article] = known;
        return seen;
    }
}
