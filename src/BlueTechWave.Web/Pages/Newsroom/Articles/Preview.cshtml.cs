using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Articles;

/// <summary>The reader's page of what stands in the editor's form, made by the reader's own code. Nothing is saved.</summary>
[RequestSizeLimit(ArticleForm.RequestLength)]
[RequestFormLimits(ValueLengthLimit = ArticleForm.RequestLength, MultipartBodyLengthLimit = ArticleForm.RequestLength, ValueCountLimit = 4096)]
public class PreviewModel(NewsDbContext db, SiteAddress address, SiteFrames frames, IWebHostEnvironment web, SiteClock zone, Dates dates, TimeProvider clock) : ArticlePageModel(db, address)
{
    /// <summary>Why there is nothing to show.</summary>
    public string? Refusal { get; private set; }

    public async Task<IActionResult> OnPostAsync([FromRoute] int id = 0)
    {
        Response.Headers.CacheControl = "no-store";
        var who = User.Who() ?? throw new InvalidOperationException("A page of the newsroom was reached by nobody.");
        var picture = await Db.Articles.AsNoTracking().SeenBy(who).Where(a => a.Id == id).Select(a => new { a.Picture }).FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (id > 0 && picture is null) return NotFound();

        var posted = await Request.ReadFormAsync(HttpContext.RequestAborted);
        var form = ArticleForm.Read(posted, await ArticleChoices.LoadAsync(Db, frames, web, dates, clock.GetUtcNow().UtcDateTime, picture?.Picture, posted["PicturePath"], HttpContext.RequestAborted));
        if (form.Text.Body.Length > ArticleForm.BodyLength)
        {
            Refusal = form.Error(nameof(Manuscript.Body));
            Head = new() { Title = "Preview", NoIndex = true };
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        int[] unrelated = [.. Frame.Categories.Values.Where(c => c.IsPartnerContent).Select(c => c.Id)];
        Print(await ArticlePreview.OfAsync(Db, form.Text, id, clock.GetUtcNow().UtcDateTime, zone.Zone, Frame.Settings.RelatedOrder, unrelated, HttpContext.RequestAborted));
        Head = Head with { NoIndex = true, Canonical = null, Feed = null, JsonLd = [] };
        Discussion = Discuss(new CommentForm());
        return Page();
    }
}
