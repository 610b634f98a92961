using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Cli;

/// <summary>
/// Hangs some of the paper's own drawings in the demo's library, each as a desk would find it: in a text, above an article, as
/// a portrait, unused, without words, with rights that end.
/// </summary>
internal sealed class DemoPictures(NewsDbContext db, PictureLibrary library, IWebHostEnvironment web, TimeProvider clock)
{
    private const string Credit = "Drawing: BTW desk";

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public async Task HangAsync()
    {
        using var unaudited = db.Unaudited();
        await InTextAsync("half-of-ipv4-routes-now-signed", "pic-mesh", "Nodes of a mesh, some of them joined by thicker lines");
        await InTextAsync("heat-not-traffic-sets-the-limit-for-cloud-regions", "pic-heat", "Sun over a row of server towers with waves of heat between them");

        var cable = await AddAsync("pic-cable", "A cable on the sea floor, lit from above", "Most of what crosses an ocean does so in a hose no thicker than a wrist.");
        if (await db.Articles.Where(a => a.Status == ArticleStatus.Published && a.Picture!.Path == "/img/art/pic-cable.svg").OrderByDescending(a => a.PublishedAt).FirstOrDefaultAsync() is { } newest)
            newest.Illustrate(new LeadPicture(cable, newest.Picture!.Alt, caption: newest.Picture.Caption, credit: newest.Picture.Credit));

        var portrait = await AddAsync("pic-portrait", "", "");
        portrait.Describe("", isDecorative: true, "", Credit, "Drawn for this desk.");
        portrait.Focus(50, 35);
        if (await db.Authors.OrderBy(a => a.Id).FirstOrDefaultAsync() is { } author) author.Portray(portrait.Id);

        var orbit = await AddAsync("pic-orbit", "Satellites on three orbits around the night side of the earth", "");
        orbit.Permit(null, Now.AddDays(21), Now);
        var hall = await AddAsync("pic-hall", "", "");
        hall.Describe("", isDecorative: false, "", "", "");
        await db.SaveChangesAsync();
    }

    private async Task<Picture> AddAsync(string name, string alt, string caption)
    {
        await using var file = web.WebRootFileProvider.GetFileInfo($"img/art/{name}.png").CreateReadStream();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var added = await library.AddAsync(db, $"{name}.png", bytes.ToArray(), null, Now);
        added.Picture.Describe(alt, isDecorative: false, caption, Credit, "Drawn for this desk.");
        return added.Picture;
    }

    /// <summary>In place of the drawing that the text names.</summary>
    private async Task InTextAsync(string slug, string name, string alt)
    {
        if (await db.Articles.Whole().FirstOrDefaultAsync(a => a.Slug == slug) is not { } article) return;
        var picture = await AddAsync(name, alt, "");
        await db.SaveChangesAsync();
        article.Write(new(article.Headline, article.KeyPoints, article.Body.Replace($"/img/art/{name}.svg", picture.Address, StringComparison.Ordinal), article.Take, article.Summary, article.Slug), article.EditedAt);
        await db.SaveChangesAsync();
    }
}
