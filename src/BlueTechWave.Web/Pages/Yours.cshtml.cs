using System.Text.Json;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Mail;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Mail;
using BlueTechWave.Web.Options;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Pages;

/// <summary>
/// A reader sees, takes along or erases all that is stored under their address. Whoever asks is told the same, whether there is
/// anything or not; the link goes to the address alone.
/// </summary>
[IgnoreAntiforgeryToken]
[WriteLimit(WriteLimits.Messages)]
public class YoursPage(NewsDbContext db, SealedKeys keys, SiteAddress site, IOptions<SiteOptions> options, TimeProvider clock) : FramedPageModel
{
    private const string Purpose = "what is yours";

    private static readonly TimeSpan KeyLasts = TimeSpan.FromHours(24);

    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public string Key { get; private set; } = "";

    public string Email { get; private set; } = "";

    public string? Error { get; private set; }

    public bool IsAsked { get; private set; }

    public bool IsOver { get; private set; }

    public bool IsErased { get; private set; }

    public ReaderRecord? Record { get; private set; }

    public async Task<IActionResult> OnGetAsync(string? key = null, string? download = null)
    {
        Begin();
        if (key is null) return Page();
        if (keys.Open(Purpose, key) is not { } email)
        {
            (IsOver, Response.StatusCode) = (true, StatusCodes.Status410Gone);
            return Page();
        }

        if (download is not null) return new Download(db, email);
        (Key, Record) = (key, await ReaderRecord.OfAsync(db, email, HttpContext.RequestAborted));
        return Page();
    }

    public async Task<IActionResult> OnPostAsync([FromQuery] string? key, [FromForm] string? email, [FromForm] string? act)
    {
        if (!SameOrigin.IsFromHere(Request)) return StatusCode(StatusCodes.Status403Forbidden);
        Begin();
        if (act == "erase")
        {
            if (keys.Open(Purpose, key) is not { } mine)
            {
                (IsOver, Response.StatusCode) = (true, StatusCodes.Status410Gone);
                return Page();
            }

            await ReaderRecord.EraseAsync(db, mine);
            IsErased = true;
            return Page();
        }

        Email = TypedText.Clean(email);
        Error = TypedText.MistakeInEmail(Email);
        if (Error is not null)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        var to = Comment.Canonical(Email);
        var (subject, text) = ReaderLetters.Yours(options.Value.Name, $"{site.Of(To.YourComments)}?key={keys.Seal(Purpose, to, KeyLasts)}", KeyLasts);
        db.OutgoingMails.Add(new OutgoingMail(to, subject, text, clock.GetUtcNow().UtcDateTime));
        await db.SaveChangesAsync(CancellationToken.None);
        IsAsked = true;
        return Page();
    }

    private void Begin()
    {
        (Response.Headers.CacheControl, Response.Headers["Referrer-Policy"]) = ("no-store", "no-referrer");
        Head = new() { Title = "What we store of you", NoIndex = true, Crumbs = [new("Home", To.Home), new("What we store of you", null)] };
    }

    /// <summary>All of it, written as it is read.</summary>
    private sealed class Download(NewsDbContext db, string email) : IActionResult
    {
        public async Task ExecuteResultAsync(ActionContext context)
        {
            var (response, cancellation) = (context.HttpContext.Response, context.HttpContext.RequestAborted);
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.ContentDisposition = "attachment; filename=\"your-comments.json\"";
            var record = await ReaderRecord.OfAsync(db, email, cancellation);
            var messages = await db.ContactMessages.AsNoTracking().Where(m => m.Email == email).Select(m => new { m.Name, m.Body, m.SentAt }).ToListAsync(cancellation);
            await JsonSerializer.SerializeAsync(response.Body, new { record.Email, record.Follows, Messages = messages, Comments = Comments(cancellation) }, Readable, cancellation);
        }

        private async IAsyncEnumerable<object> Comments([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await foreach (var c in ReaderRecord.CommentsOf(db, email).AsAsyncEnumerable().WithCancellation(cancellation))
                yield return new { c.Id, c.Name, c.Body, c.At, c.EditedAt, c.State, c.Article };
        }
    }
}
