using BlueTechWave.Core.Data;
using BlueTechWave.Core.Listings;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc;

namespace BlueTechWave.Web.Pages;

public class MonthPage(NewsDbContext db) : ListingPageModel(db)
{
    public int Year { get; private set; }

    public int Month { get; private set; }

    public string Name => Dates.Month(Year, Month);

    public async Task<IActionResult> OnGetAsync(int year, int month, int number = 1)
    {
        var count = Frame.Months.FirstOrDefault(m => m.Year == year && m.Month == month).Count;
        if (count == 0) return NotFound();
        if (!await LoadAsync(Listing.OfMonth(year, month), To.Month(year, month), number, count)) return NotFound();

        (Year, Month) = (year, month);
        Head = ListingHead(Name, $"{Articles(count)} from {Name}.", new("Archives", To.Archives), new($"{year}", To.Year(year)), new(Dates.MonthName(month), null));
        return Page();
    }
}

/// <param name="Current">The month shown, if one is.</param>
public sealed record MonthsView(int Year, IReadOnlyList<Core.Frame.MonthCount> Months, int? Current);
