using BlueTechWave.Core;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages;

public class TagPage(NewsDbContext db) : ListingPageModel(db)
{
    public string Name { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string slug, int number = 1)
    {
        if (!Slug.IsOne(slug)) return NotFound();
        var tag = await Db.Tags.AsNoTracking().Where(t => t.Slug == slug)
            .Select(t => new
            {
                t.Id,
                t.Name,
                Count = Db.ListingCounts.Where(c => c.Kind == ListingKind.Tag && c.Key == t.Id).Select(c => c.Count).FirstOrDefault(),
            })
            .FirstOrDefaultAsync(HttpContext.RequestAborted);
        if (tag is not { Count: > 0 }) return NotFound();
        if (!await LoadAsync(Listing.OfTag(tag.Id), To.Tag(slug), number, tag.Count)) return NotFound();

        Name = tag.Name;
        Shows(Notice.Tag(tag.Id));
        Head = ListingHead(tag.Name, $"{Articles(tag.Count)} tagged “{tag.Name}”.", new Crumb(tag.Name, null)) with { Feed = (tag.Name, To.FeedOf(Address)) };
        return Page();
    }
}
