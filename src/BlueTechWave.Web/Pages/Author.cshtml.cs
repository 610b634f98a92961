using BlueTechWave.Core;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

public class AuthorPage(NewsDbContext db) : ListingPageModel(db)
{
    public Author Author { get; private set; } = null!;

    public ShownPicture? Portrait { get; private set; }

    public async Task<IActionResult> OnGetAsync(string slug, int number = 1)
    {
        if (!Slug.IsOne(slug)) return NotFound();
        var found = await Db.Authors.AsNoTracking().Where(a => a.Slug == slug)
            .Select(a => new
            {
                Author = a,
                Portrait = Db.Pictures.Where(p => p.Id == a.PictureId && p.IsShown).Select(p => new ShownPicture(p.Id, p.Printed, p.Width, p.Height, p.Alt, p.Caption, p.Credit, p.Blur)).FirstOrDefault(),
                Count = Db.ListingCounts.Where(c => c.Kind == ListingKind.Author && c.Key == a.Id).Select(c => c.Count).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (found is null) return NotFound();
        if (!await LoadAsync(Listing.OfAuthor(found.Author.Id), To.Author(slug), number, found.Count)) return NotFound();

        (Author, Portrait) = (found.Author, found.Portrait);
        Shows(Notice.Author(Author.Id));
        Head = ListingHead(Author.Name, $"{Author.Name}, {Author.Title}. {Articles(found.Count)} at Blue Tech Wave.", new Crumb(Author.Name, null)) with
        {
            JsonLd = [Facts.Profile(Author, Address, Frame)],
            OpenGraphType = "profile",
            Feed = (Author.Name, To.FeedOf(Address)),
        };
        return Page();
    }
}
