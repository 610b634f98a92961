using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Media;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>
/// One old text as it would be printed, and the way to bring it back: as a new version, so that today's text is in the
/// history too. What readers have before them changes at once, so whoever does that says what they are to know of it.
/// </summary>
public class VersionModel(NewsDbContext db, TimeProvider clock) : HistoriedModel(db)
{
    private const int LongestNote = 2000;

    public sealed record Print(string Headline, IReadOnlyList<string> KeyPoints, string TakeHtml, string TakeBy, string BodyHtml);

    public int Id { get; private set; }

    public int Number { get; private set; }

    public ArticleAct Act { get; private set; }

    public string Name { get; private set; } = "";

    public DateTime At { get; private set; }

    public DateTime Now { get; private set; }

    public Print Printed { get; private set; } = null!;

    /// <summary>Whether she may bring it back, and it is not what the article says already.</summary>
    public bool MayRestore { get; private set; }

    public bool IsToday { get; private set; }

    public bool IsPublic => Status == ArticleStatus.Published;

    public string Kind { get; private set; } = "typo";

    public string Note { get; private set; } = "";

    /// <summary>Beside the field it is about; the empty name is about the whole.</summary>
    public (string Field, string Says)? Wrong { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id, int revision, CancellationToken cancellation)
    {
        if (!await FindAsync(id, cancellation) || await TextAsync(revision, cancellation) is not { } text) return NotFound();
        return await ShowAsync(text, await LoadAsync(), cancellation);
    }

    public async Task<IActionResult> OnPostAsync(int id, int revision, [FromForm] int version, [FromForm] string? kind, [FromForm] string? correction)
    {
        if (!await FindAsync(id, CancellationToken.None) || await TextAsync(revision, CancellationToken.None) is not { } text) return NotFound();
        var article = await LoadAsync();
        if (!Who.MayEdit(article)) return Forbid();

        (Kind, Note) = (kind is "update" or "correction" or "clarification" ? kind : "typo", (correction ?? "").Trim());
        if (version != article.Version) return await RefuseAsync(text, article, StatusCodes.Status409Conflict, "", "The article has been changed since you opened this page. Nothing was done; look again before you bring an old text back.");
        if (IsPublic && Kind is "correction" or "clarification" && Note.Length is 0 or > LongestNote)
            return await RefuseAsync(text, article, StatusCodes.Status400BadRequest, "correction", Note.Length == 0 ? "Say what was wrong or not clear: readers see it under the article." : $"Please keep it under {LongestNote} characters.");

        var now = clock.GetUtcNow().UtcDateTime;
        await ManuscriptSave.WriteAsync(Db, article, text, article.Version, now, Who.Name, string.Create(CultureInfo.InvariantCulture, $"Brought back the text of version {Number}"));
        if (article.Status is ArticleStatus.Published or ArticleStatus.Scheduled && await PublishCheck.MissingAsync(Db, article) is { Count: > 0 } missing)
        {
            Db.ChangeTracker.Clear();
            return await RefuseAsync(text, await LoadAsync(), StatusCodes.Status400BadRequest, "", $"This text cannot stand before readers as it is. Missing: {string.Join(", ", missing.Select(m => m.What))}. Nothing was done.");
        }

        if (IsPublic && Kind == "update") article.Update(now, Who.Name);
        if (IsPublic && Kind == "correction") article.Correct(Note, now, Who.Name);
        if (IsPublic && Kind == "clarification") article.Clarify(Note, now, Who.Name);
        try
        {
            await Db.SaveChangesAsync();
        }
        catch (DbUpdateConcurrencyException)
        {
            Db.ChangeTracker.Clear();
            return await RefuseAsync(text, await LoadAsync(), StatusCodes.Status409Conflict, "", "The article was saved by somebody else at the same moment. Nothing was done; look again.");
        }

        Said = string.Create(CultureInfo.InvariantCulture, $"The text of version {Number} is back. What stood there before is in the history.");
        return Redirect(Links.To.History(id));
    }

    private Task<Article> LoadAsync() => Db.Articles.Whole().SingleAsync(a => a.Id == ArticleId);

    private async Task<Manuscript?> TextAsync(int revision, CancellationToken cancellation)
    {
        var found = await Db.Revisions.AsNoTracking().Where(r => r.Id == revision && r.ArticleId == ArticleId && r.Text != null).FirstOrDefaultAsync(cancellation);
        if (found is null) return null;
        (Id, Number, Act, Name, At) = (found.Id, found.Version, found.Act, found.By, found.At);
        return found.Text;
    }

    private Task<IActionResult> RefuseAsync(Manuscript text, Article article, int status, string field, string says)
    {
        (Response.StatusCode, Wrong) = (status, (field, says));
        return ShowAsync(text, article, CancellationToken.None);
    }

    private async Task<IActionResult> ShowAsync(Manuscript text, Article article, CancellationToken cancellation)
    {
        (Title, Now) = (string.Create(CultureInfo.InvariantCulture, $"Version {Number}"), clock.GetUtcNow().UtcDateTime);
        IsToday = text.SaysTheSameAs(Manuscript.Of(article) with { Slug = article.PublishedAt is null ? article.Slug : text.Slug });
        MayRestore = !IsToday && Who.MayEdit(article);

        var body = ArticleBody.Press(text.Body);
        var linked = body.LinkedArticles;
        var known = linked.Count == 0 ? [] : await Db.Articles.Where(a => linked.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Headline, cancellation);
        Printed = new(text.Headline, text.KeyPoints, LightMarkdown.Bio(text.Take), text.TakeBy,
            BodyPictures.Print(ArticlePrint.Print(body.Html, article => known.TryGetValue(article, out var headline) ? (headline, Links.To.Editor(article)) : null), PictureHtml.ForDesk));
        return Page();
    }
}
