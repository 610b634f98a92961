using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages;

public class YearPage(NewsDbContext db) : ListingPageModel(db)
{
    public int Year { get; private set; }

    public async Task<IActionResult> OnGetAsync(int year, int number = 1)
    {
        var count = Frame.Months.Where(m => m.Year == year).Sum(m => m.Count);
        if (count == 0) return NotFound();
        if (!await LoadAsync(Listing.OfYear(year), To.Year(year), number, count)) return NotFound();

        Year = year;
        Head = ListingHead($"{year}", $"{Articles(count)} from {year}.", new("Archives", To.Archives), new($"{year}", null));
        return Page();
    }
}
