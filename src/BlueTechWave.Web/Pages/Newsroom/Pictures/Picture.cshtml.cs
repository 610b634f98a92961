using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Pictures;

/// <summary>One picture: what is said of it, what matters in it, where it is, and what may become of it.</summary>
[May(Act.AddPictures)]
[RequestSizeLimit(MostBytes), RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
public class PictureModel(NewsDbContext db, PictureLibrary library, PictureKeeping keeping, SiteClock zone, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    private const long MostBytes = 501L << 20;
    private const int UsesShown = 50;
    private const int OwnShown = 20;

    public sealed record Input(string Alt, bool IsDecorative, string Caption, string Credit, string Source, string RightsUntil, string EmbargoDate, string EmbargoTime);

    /// <param name="Address">Where the desk finds it.</param>
    public sealed record Use(string What, string Name, string Address);

    public Picture Picture { get; private set; } = null!;

    public Input Typed { get; private set; } = null!;

    public Dictionary<string, string> Errors { get; } = [];

    public string? By { get; private set; }

    public IReadOnlyList<Use> Uses { get; private set; } = [];

    public int UsesBeyond { get; private set; }

    /// <summary>Another that looks the same.</summary>
    public Picture? Like { get; private set; }

    /// <summary>Articles of hers that it could stand above.</summary>
    public IReadOnlyList<(int Id, string Headline)> Own { get; private set; } = [];

    public bool MayDescribe { get; private set; }

    /// <summary>Stands for what is said of it: a form begun before somebody else's save is told from one that was not.</summary>
    public string Before => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Picture.Words}\n{Picture.Alt}\n{Picture.Caption}\n{Picture.Credit}\n{Picture.IsDecorative}\n{Picture.RightsUntil:O}\n{Picture.EmbargoedUntil:O}"))))[..16];

    public bool MayManage => May(Act.ManagePictures);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task<IActionResult> OnGetAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();
        Typed = Saved();
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromForm] string? alt, [FromForm] bool decorative, [FromForm] string? caption, [FromForm] string? credit, [FromForm] string? source,
        [FromForm] string? rights, [FromForm] string? embargodate, [FromForm] string? embargotime, [FromForm] string? before)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!MayDescribe) return Forbid();
        Typed = new(Line(alt), decorative, Line(caption), Line(credit), Line(source), (rights ?? "").Trim(), (embargodate ?? "").Trim(), (embargotime ?? "").Trim());
        var (from, until) = Check();
        if (Errors.Count == 0 && before != Before)
            Errors["alt"] = $"Somebody changed this picture while you did. It now says “{(Picture.Alt.Length > 0 ? Picture.Alt : "nothing")}”, credit “{Picture.Credit}”. Save again to have it your way.";
        if (Errors.Count > 0) return await RefuseAsync();

        return await ActAsync(picture =>
        {
            picture.Describe(Typed.Alt, Typed.IsDecorative, Typed.Caption, Typed.Credit, Typed.Source);
            if (MayManage) picture.Permit(from, until, Now);
        }, picture => picture.IsHeld ? "It is saved. Readers do not see it now: articles show their cover instead." : "It is saved.");
    }

    public async Task<IActionResult> OnPostFocusAsync(int id, [FromForm] int x, [FromForm] int y)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!MayDescribe) return Forbid();
        Typed = Saved();
        if (!ModelState.IsValid || x is < 0 or > 100 || y is < 0 or > 100)
        {
            Errors["focus"] = "The focal point is given in per cent, from 0 to 100.";
            return await RefuseAsync();
        }

        return await ActAsync(picture => PictureLibrary.Focus(db, picture, x, y, Now), _ => "The focal point is set; every crop follows it.");
    }

    public async Task<IActionResult> OnPostReplaceAsync(int id, IFormFile? file)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!MayManage) return Forbid();
        Typed = Saved();
        try
        {
            if (file is null) throw new PictureRefusedException("Choose the picture that is to take its place.");
            var bytes = new byte[Math.Min(file.Length, library.Limits.Bytes + 1)];
            await using var stream = file.OpenReadStream();
            await stream.ReadExactlyAsync(bytes, HttpContext.RequestAborted);
            await library.ReplaceAsync(db, Picture, Path.GetFileName(file.FileName), bytes, Now);
        }
        catch (PictureRefusedException why)
        {
            Errors["file"] = why.Message;
            return await RefuseAsync();
        }

        keeping.Ring();
        Said = "It is replaced wherever it is used. See whether what is said of it is still true.";
        return new SeeOther(To.Picture(id));
    }

    public async Task<IActionResult> OnPostTrashAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!MayManage) return Forbid();
        return await ActAsync(picture => picture.Discard(Now), _ => "It is in the trash. Articles that had it show their cover.");
    }

    public async Task<IActionResult> OnPostBringBackAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();
        if (!MayManage) return Forbid();
        return await ActAsync(picture => picture.BringBack(), _ => "It is back.");
    }

    /// <summary>Takes one of her articles up with this picture above it; she saves it there.</summary>
    public async Task<IActionResult> OnPostUseAsync(int id, [FromForm] int article)
    {
        if (!await FindAsync(id)) return NotFound();
        if (article > 0 && !await db.Articles.EditedBy(Who).AnyAsync(a => a.Id == article)) return NotFound();
        return new SeeOther(string.Create(CultureInfo.InvariantCulture, $"{(article > 0 ? To.Editor(article) : "/newsroom/articles/new")}?picture={id}"));
    }

    /// <summary>Does it to the picture as it is at this moment: while somebody looked, its sizes may have been cut.</summary>
    private async Task<IActionResult> ActAsync(Action<Picture> act, Func<Picture, string> said)
    {
        for (var attempt = 1; ; attempt++)
        {
            act(Picture);
            try
            {
                await db.SaveChangesAsync(CancellationToken.None);
                break;
            }
            catch (DbUpdateConcurrencyException) when (attempt < 5)
            {
                db.ChangeTracker.Clear();
                if (!await FindAsync(Picture.Id)) return NotFound();
            }
        }

        keeping.Ring();
        Said = said(Picture);
        return new SeeOther(To.Picture(Picture.Id));
    }

    private async Task<bool> FindAsync(int id)
    {
        if (await db.Pictures.FirstOrDefaultAsync(p => p.Id == id) is not { } picture) return false;
        (Picture, MayDescribe) = (picture, Who.MayDescribe(picture));
        (Title, Here) = (picture.Alt.Length > 0 ? picture.Alt : picture.Name, "Pictures");
        return true;
    }

    private Input Saved()
    {
        var embargo = Picture.EmbargoedUntil is { } at ? dates.Local(at) : (DateTime?)null;
        return new(Picture.Alt, Picture.IsDecorative, Picture.Caption, Picture.Credit, Picture.Source,
            // The last day on which it may be seen: rights end with it.
            Picture.RightsUntil is { } until ? dates.Local(until).AddMinutes(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "",
            embargo?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "", embargo?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "");
    }

    private (DateTime? From, DateTime? Until) Check()
    {
        Length("alt", Typed.Alt, Picture.AltLength);
        Length("caption", Typed.Caption, Picture.CaptionLength);
        Length("credit", Typed.Credit, Picture.CreditLength);
        Length("source", Typed.Source, Picture.SourceLength);
        if (!Typed.IsDecorative && Typed.Alt.Length > 0 && FileName.Resembles(Typed.Alt, Picture.Name))
            Errors["alt"] = "That is the name of a file. Say what one sees, as you would over the telephone.";
        if (Typed.IsDecorative && Typed.Alt.Length > 0)
            Errors["alt"] = "A decorative picture is passed over by those who do not see it: leave this empty, or take the mark away.";

        DateTime? until = null;
        if (Typed.RightsUntil.Length > 0)
        {
            if (DateOnly.TryParseExact(Typed.RightsUntil, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day < DateOnly.MaxValue) until = dates.StartOf(day.AddDays(1));
            else Errors["rights"] = "Please give a date, as year-month-day.";
        }

        if (Typed.EmbargoDate.Length + Typed.EmbargoTime.Length == 0) return (null, until);
        var (from, wrong) = zone.Read(Typed.EmbargoDate, Typed.EmbargoTime.Length > 0 ? Typed.EmbargoTime : "00:00", "first");
        if (wrong is not null) Errors["embargodate"] = wrong;
        else if (from >= until) Errors["embargodate"] = "The embargo would last until after its rights have ended: nobody would ever see it.";
        return (from, until);

        void Length(string field, string text, int most)
        {
            if (text.Length > most) Errors[field] = string.Create(CultureInfo.InvariantCulture, $"This has {text.Length:N0} characters; {most:N0} are the most.");
        }
    }

    private async Task<IActionResult> RefuseAsync()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return await ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        var cancellation = HttpContext.RequestAborted;
        By = await db.Accounts.Where(a => a.Id == Picture.AddedById).Select(a => a.Name).FirstOrDefaultAsync(cancellation);
        Like = await PictureLibrary.LikeAsync(db, Picture);
        var uses = db.PictureUses.AsNoTracking().Where(u => u.PictureId == Picture.Id).OrderBy(u => u.Place == PicturePlace.Revision).ThenBy(u => u.Place).ThenByDescending(u => u.PlaceId);
        UsesBeyond = Math.Max(0, await uses.CountAsync(cancellation) - UsesShown);
        Uses = await NameAsync(await uses.Take(UsesShown).ToListAsync(cancellation), cancellation);
        Own = [.. (await db.Articles.EditedBy(Who).Where(a => a.Status == ArticleStatus.Draft || a.Status == ArticleStatus.InReview || a.Status == ArticleStatus.Scheduled)
            .OrderByDescending(a => a.EditedAt).Take(OwnShown).Select(a => new { a.Id, a.Headline }).ToListAsync(cancellation)).Select(a => (a.Id, a.Headline))];
        return Page();
    }

    private async Task<IReadOnlyList<Use>> NameAsync(List<PictureUse> uses, CancellationToken cancellation)
    {
        List<int> articles = [.. uses.Where(u => u.Place is PicturePlace.Lead or PicturePlace.Body).Select(u => u.PlaceId)], revisions = Of(PicturePlace.Revision), pages = Of(PicturePlace.Page), authors = Of(PicturePlace.Author);
        var headlines = await db.Articles.Where(a => articles.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Headline, cancellation);
        var versions = await db.Revisions.Where(r => revisions.Contains(r.Id))
            .Join(db.Articles, r => r.ArticleId, a => a.Id, (r, a) => new { r.Id, r.Version, a.Headline, ArticleId = a.Id }).ToDictionaryAsync(r => r.Id, cancellation);
        var titles = await db.Pages.Where(p => pages.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Title, cancellation);
        var names = await db.Authors.Where(a => authors.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.Name, cancellation);
        return [.. uses.Select(Name).OfType<Use>()];

        List<int> Of(PicturePlace place) => [.. uses.Where(u => u.Place == place).Select(u => u.PlaceId)];

        Use? Name(PictureUse use) => use.Place switch
        {
            PicturePlace.Lead when headlines.TryGetValue(use.PlaceId, out var headline) => new("Above the article", headline, To.Editor(use.PlaceId)),
            PicturePlace.Body when headlines.TryGetValue(use.PlaceId, out var headline) => new("In the text of", headline, To.Editor(use.PlaceId)),
            PicturePlace.Revision when versions.TryGetValue(use.PlaceId, out var r) => new(string.Create(CultureInfo.InvariantCulture, $"In version {r.Version} of"), r.Headline, To.History(r.ArticleId)),
            PicturePlace.Page when titles.TryGetValue(use.PlaceId, out var title) => new("On the page", title, string.Create(CultureInfo.InvariantCulture, $"/newsroom/pages/{use.PlaceId}")),
            PicturePlace.Author when names.TryGetValue(use.PlaceId, out var name) => new("Portrait of", name, string.Create(CultureInfo.InvariantCulture, $"/newsroom/authors/{use.PlaceId}")),
            _ => null,
        };
    }

    private static string Line(string? typed) => (typed ?? "").ReplaceLineEndings(" ").Trim();
}
