using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Receipts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>A line of the history, without its text.</summary>
public sealed record HistoryLine(ArticleAct Act, string By, DateTime At, string Note);

/// <summary>
/// The article editor: one form for a new article and for one that is there. Its buttons save the text and act on the
/// article in one transaction (<c>Editor.Acts.cs</c>); its script keeps what is typed meanwhile (<c>Editor.Live.cs</c>).
/// </summary>
[RequestSizeLimit(ArticleForm.RequestLength)]
[RequestFormLimits(ValueLengthLimit = ArticleForm.RequestLength, MultipartBodyLengthLimit = ArticleForm.RequestLength, ValueCountLimit = 4096)]
public partial class EditorModel(NewsDbContext db, SiteFrames frames, IWebHostEnvironment web, Dates dates, SiteClock zone, PublicPlaces places, TimeProvider clock) : NewsroomPageModel
{
    private const int HistoryShown = 8;
    private const int LinksNamed = 500;

    /// <summary>As it is now; not in the store yet if its id is 0.</summary>
    public Article Article { get; private set; } = null!;

    public ArticleForm Form { get; private set; } = null!;

    public ArticleChoices Choices { get; private set; } = null!;

    public IReadOnlyList<EditorButton> Buttons { get; private set; } = [];

    public bool MayEdit { get; private set; }

    /// <summary>The working copy whose words stand in the form instead of the article's; null if there is none.</summary>
    public DateTime? RestoredFrom { get; private set; }

    public ConflictView? Conflict { get; private set; }

    /// <summary>Said above the fields when an act was refused.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The old address that is to be taken, and what it led to.</summary>
    public (string Path, string LedTo)? OldAddress { get; private set; }

    /// <summary>Names of others who have it open.</summary>
    public IReadOnlyList<string> AlsoHere { get; private set; } = [];

    public IReadOnlyList<HistoryLine> History { get; private set; } = [];

    /// <summary>What the articles are called that the body links to: the body editor shows their names.</summary>
    public string Headlines { get; private set; } = "{}";

    public IReadOnlyList<ArticleTemplate> Templates { get; private set; } = [];

    public int TemplateId { get; private set; }

    /// <summary>The key of the form that has just been saved: what its browser kept can go.</summary>
    public string? SavedKey => TempData[nameof(SavedKey)] as string;

    public string Address => AddressOf(Article.Id);

    /// <summary>Without the rich editor's bundle the body is a plain text field.</summary>
    public bool HasBodyEditor => web.WebRootFileProvider.GetFileInfo("dist/editor.js").Exists;

    public string Zone => zone.Zone.Id;

    /// <summary>Both moments of the time in the form, where clocks strike it twice.</summary>
    public (DateTime First, DateTime Second)? Twice => zone.Twice(Form.Date, Form.Time);

    /// <summary>Year and month of its address, fixed once published.</summary>
    public string AddressBefore => Article is { Year: { } year, Month: { } month }
        ? To.Article(year, month, "")
        : To.Article(dates.Local(Now).Year, dates.Local(Now).Month, "");

    public string? PublicAddress => Article is { Status: ArticleStatus.Published, Year: { } year, Month: { } month } ? To.Article(year, month, Article.Slug) : null;

    /// <summary>Whose take it probably is: that of the first author.</summary>
    public (string Name, string Role) Suggestion => Form.Text.AuthorIds is [var first, ..] && Choices.Authors.FirstOrDefault(a => a.Id == first) is { } author ? (author.Name, author.Title) : ("", "");

    public static string HereWords(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => $"{names[0]} is here too",
        _ => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]} are here too",
    };

    public static string Words(ArticleAct act) => act switch
    {
        ArticleAct.SentBack => "sent back",
        ArticleAct.Withdrawn => "unpublished",
        ArticleAct.Trashed => "moved to the trash",
        ArticleAct.BroughtBack => "brought back from the trash",
        ArticleAct.WithdrawalPlanned => "planned to be unpublished",
        ArticleAct.Branched => "text kept beside a newer one",
        _ => act.ToString().ToLowerInvariant(),
    };

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public static string AddressOf(int id) => id == 0 ? "/newsroom/articles/new" : To.Editor(id);

    public string Post(string handler) => $"{Address}?handler={handler}";

    /// <param name="picture">Of the library: to stand above it, once it is saved.</param>
    public async Task<IActionResult> OnGetAsync([FromRoute] int id = 0, [FromQuery] int template = 0, [FromQuery] int picture = 0)
    {
        if (await ReadAsync(id) is not { } article) return NotFound();

        if (id == 0) return await ShowAsync(article, ArticleForm.Of(await UnderAsync(await BeginAsync(template), picture), 0, ArticleForm.NewKey()));
        var unsaved = await UnsavedAsync(article);
        RestoredFrom = unsaved?.SavedAt;
        var form = ArticleForm.Of(await UnderAsync(unsaved?.Text ?? Manuscript.Of(article), picture), unsaved?.BaseVersion ?? article.Version, ArticleForm.NewKey(), unsaved?.Id ?? 0);
        return await ShowAsync(article, WithTimes(form, article));
    }

    /// <summary>Takes back the plan to unpublish it.</summary>
    public async Task<IActionResult> OnPostKeepAsync([FromRoute] int id = 0)
    {
        if (!Who.May(Act.Unpublish)) return StatusCode(StatusCodes.Status403Forbidden);
        if (await db.Articles.SeenBy(Who).FirstOrDefaultAsync(a => a.Id == id) is not { } article) return NotFound();

        var form = await ReadFormAsync(article);
        if (article is { Status: ArticleStatus.Published, WithdrawalFor: not null })
        {
            article.PlanWithdrawal(null, "", Now, Who.Name);
            await db.SaveChangesAsync(CancellationToken.None);
        }

        return await ShowAsync(article, form.StayingPublished());
    }

    /// <summary>To the trash, or back: the text stays as it was saved.</summary>
    public Task<IActionResult> OnPostTrashAsync([FromRoute] int id = 0) => ActAsync(id, Who.MayDiscard, a => a.Discard(Now, Who.Name), "It is in the trash.");

    /// <inheritdoc cref="OnPostTrashAsync"/>
    public Task<IActionResult> OnPostBringBackAsync([FromRoute] int id = 0) => ActAsync(id, Who.MayBringBack, a => a.BringBack(Now, Who.Name), "It is back.");

    private async Task<IActionResult> ActAsync(int id, Func<Article, bool> may, Action<Article> act, string said)
    {
        if (await db.Articles.Include(a => a.Bylines).SeenBy(Who).FirstOrDefaultAsync(a => a.Id == id) is not { } article) return NotFound();
        if (!may(article)) return StatusCode(StatusCodes.Status403Forbidden);
        act(article);
        await db.SaveChangesAsync(CancellationToken.None);
        Said = said;
        return new SeeOther(AddressOf(id));
    }

    /// <summary>The plain way to order key points: the page comes back with everything that was typed.</summary>
    public async Task<IActionResult> OnPostPointsAsync([FromRoute] int id = 0, [FromForm(Name = "do")] string? what = null)
    {
        if (await ReadAsync(id) is not { } article) return NotFound();

        var form = await ReadFormAsync(article);
        var points = form.KeyPoints.ToList();
        var (verb, line) = (what ?? "").Split('-') is [var v, var n] && int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < points.Count ? (v, at) : (what, -1);
        switch (verb)
        {
            case "add" when points.Count < Article.KeyPointsAtMost: points.Add(""); break;
            case "up" when line > 0: (points[line - 1], points[line]) = (points[line], points[line - 1]); break;
            case "down" when line >= 0 && line < points.Count - 1: (points[line + 1], points[line]) = (points[line], points[line + 1]); break;
            case "remove" when line >= 0: points.RemoveAt(line); break;
        }

        return await ShowAsync(article, form.WithKeyPoints(points));
    }

    public async Task<IActionResult> OnPostDiscardAsync([FromRoute] int id = 0)
    {
        if (id == 0) return new SeeOther(AddressOf(0));
        if (!await db.Articles.SeenBy(Who).AnyAsync(a => a.Id == id)) return NotFound();

        var form = await Request.ReadFormAsync();
        await CloseAsync(id, form["key"].ToString(), int.TryParse(form["restored"], NumberStyles.None, CultureInfo.InvariantCulture, out var restored) ? restored : 0);
        await db.SaveChangesAsync(CancellationToken.None);
        (TempData[nameof(SavedKey)], Said) = (form["key"].ToString(), "Your unsaved changes are discarded; this is the article as it was saved.");
        return new SeeOther(AddressOf(id));
    }

    private ArticleForm WithTimes(ArticleForm form, Article article)
    {
        form.WithTimes(Local(article.ScheduledFor), Local(article.EmbargoedUntil), Local(article.WithdrawalFor));
        return zone.Twice(form.Date, form.Time) is { } twice ? form.At(twice.Second == article.ScheduledFor ? "second" : "first") : form;

        DateTime? Local(DateTime? utc) => utc is { } at ? dates.Local(at) : null;
    }

    /// <summary>The article as she may see it, not tracked; a new one for 0; null if there is none for her.</summary>
    private async Task<Article?> ReadAsync(int id) => id == 0
        ? new Article("", Who.AccountId, Now)
        : await db.Articles.AsNoTracking().Whole().SeenBy(Who).FirstOrDefaultAsync(a => a.Id == id, HttpContext.RequestAborted);

    private async Task<Manuscript> UnderAsync(Manuscript text, int picture) =>
        picture > 0 && await db.Pictures.AsNoTracking().FirstOrDefaultAsync(p => p.Id == picture && p.TrashedAt == null, HttpContext.RequestAborted) is { } chosen
            ? text with { PicturePath = chosen.Address, PictureWidth = chosen.Width, PictureHeight = chosen.Height, PictureAlt = chosen.Alt, PictureIsDecorative = chosen.IsDecorative, PictureCaption = chosen.Caption, PictureCredit = chosen.Credit }
            : text;

    private async Task<Manuscript> BeginAsync(int template)
    {
        Templates = await db.ArticleTemplates.AsNoTracking().OrderBy(t => t.Name).ToListAsync(HttpContext.RequestAborted);
        var chosen = Templates.FirstOrDefault(t => t.Id == template) ?? (Templates.Count > 0 ? Templates[0] : ArticleTemplate.Usual);
        TemplateId = chosen.Id;
        return Manuscript.Empty with { Body = chosen.Body, AuthorIds = Who.AuthorId is { } own ? [own] : [] };
    }

    /// <summary>What she typed and did not save, in any window: the newest that says something of its own.</summary>
    private async Task<WorkingCopy?> UnsavedAsync(Article article)
    {
        if (!Who.MayEdit(article)) return null;
        var now = Manuscript.Of(article);
        var copies = await db.WorkingCopies.AsNoTracking()
            .Where(c => c.ArticleId == article.Id && c.AccountId == Who.AccountId && c.Sequence < int.MaxValue)
            .OrderByDescending(c => c.SavedAt).ThenByDescending(c => c.Id)
            .Take(5)
            .ToListAsync(HttpContext.RequestAborted);
        foreach (var copy in copies.Where(c => !c.Text.SaysTheSameAs(now)))
        {
            if (copy.BaseVersion == article.Version || await ManuscriptSave.AtAsync(db, article.Id, copy.BaseVersion) is not { } began || !copy.Text.SaysTheSameAs(began))
                return copy;
        }

        return null;
    }

    private async Task<ArticleForm> ReadFormAsync(Article article)
    {
        var posted = await Request.ReadFormAsync(HttpContext.RequestAborted);
        Choices = await ArticleChoices.LoadAsync(db, frames, web, dates, Now, article.Picture, posted["PicturePath"], HttpContext.RequestAborted);
        return ArticleForm.Read(posted, Choices, article.Id == 0 ? null : Manuscript.Of(article));
    }

    private async Task<IActionResult> ShowAsync(Article article, ArticleForm form, int status = StatusCodes.Status200OK)
    {
        (Article, Form, MayEdit) = (article, form, Who.MayEdit(article));
        Buttons = EditorActs.Offered(Who, article);
        (Title, Here) = (article.Id == 0 ? "New article" : article.Headline.Length > 0 ? article.Headline : "Untitled article", "Articles");
        Choices ??= await ArticleChoices.LoadAsync(db, frames, web, dates, Now, article.Picture, form.Text.PicturePath, HttpContext.RequestAborted);
        if (article.Id > 0)
        {
            AlsoHere = await OthersHere(article.Id).ToListAsync(HttpContext.RequestAborted);
            History = await db.Revisions.Where(r => r.ArticleId == article.Id).OrderByDescending(r => r.Id).Take(HistoryShown)
                .Select(r => new HistoryLine(r.Act, r.By, r.At, r.Note)).ToListAsync(HttpContext.RequestAborted);
        }

        Headlines = await HeadlinesAsync(form.Text.Body);
        Response.StatusCode = status;
        return Page();
    }

    private async Task<string> HeadlinesAsync(string body)
    {
        var ids = Links().Matches(body).Take(LinksNamed).Select(m => int.TryParse(m.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().ToList();
        if (ids.Count == 0) return "{}";
        var own = db.Articles.SeenBy(Who).Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Headline });
        var known = await db.Articles.Published().Where(a => ids.Contains(a.Id)).Select(a => new { a.Id, a.Headline }).Union(own).ToListAsync(HttpContext.RequestAborted);
        return JsonSerializer.Serialize(known.ToDictionary(a => a.Id, a => a.Headline));
    }

    [GeneratedRegex("article:([0-9]{1,9})")]
    private static partial Regex Links();

    private IQueryable<string> OthersHere(int id)
    {
        var since = Now - Presence.Lasts;
        return db.Presences.Where(p => p.ArticleId == id && p.AccountId != Who.AccountId && p.SeenAt > since)
            .Join(db.Accounts, p => p.AccountId, a => a.Id, (p, a) => a.Name).OrderBy(n => n);
    }

    /// <summary>The words of these working copies are saved or thrown away; the caller saves.</summary>
    private async Task CloseAsync(int article, string key, int restored)
    {
        var forgotten = Now.AddHours(-1);
        var copies = await db.WorkingCopies
            .Where(c => c.ArticleId == article && c.AccountId == Who.AccountId && (c.Key == key || c.Id == restored || (c.Sequence == int.MaxValue && c.SavedAt < forgotten)))
            .ToListAsync();
        foreach (var copy in copies)
        {
            if (copy.Key == key) copy.Close(Now);
            else db.Remove(copy);
        }

        if (key.Length is 0 or > WorkingCopy.KeyLength || copies.Any(c => c.Key == key)) return;
        var closed = new WorkingCopy(article, Who.AccountId, key, 0, Manuscript.Empty, Now);
        closed.Close(Now);
        db.Add(closed);
    }
}
