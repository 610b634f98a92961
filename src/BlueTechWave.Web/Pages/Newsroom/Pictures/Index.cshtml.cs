using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Pictures;

/// <summary>The library: what is there, found by what is said of it, and the way in for more.</summary>
[May(Act.AddPictures)]
[RequestSizeLimit(AtOnce), RequestFormLimits(MultipartBodyLengthLimit = AtOnce)]
public class IndexModel(NewsDbContext db, PictureLibrary library, PictureKeeping keeping, TimeProvider clock) : NewsroomPageModel
{
    public const int OnAPage = 48;

    /// <summary>In bytes: everything that one form may bring without a script, which brings them one by one.</summary>
    private const long AtOnce = 400L << 20;
    private const int LongestSearch = 200;

    public static readonly IReadOnlyList<(PictureFilter Filter, string Name, string Label)> Filters =
    [
        (PictureFilter.All, "", "All"), (PictureFilter.Unused, "unused", "Unused"), (PictureFilter.NoAlt, "no-alt", "No text alternative"),
        (PictureFilter.RightsEnding, "rights", "Rights ending"), (PictureFilter.Held, "held", "Held back"), (PictureFilter.Trash, "trash", "Trash"),
    ];

    public string Q { get; private set; } = "";

    public PictureFilter Filter { get; private set; }

    public PagerView Pager { get; private set; } = null!;

    public int Count { get; private set; }

    public IReadOnlyList<PictureLine> Lines { get; private set; } = [];

    /// <summary>What was brought and not taken: name and reason.</summary>
    public IReadOnlyList<(string Name, string Why)> Refused { get; private set; } = [];

    public int MaxMegabytes => (int)(library.Limits.Bytes >> 20);

    public Task OnGetAsync(string? q, string? show, [FromQuery(Name = "page")] string? page) => ShowAsync(q, show, page);

    public async Task<IActionResult> OnPostAsync(List<IFormFile> files)
    {
        var (taken, refused) = (new List<PictureAddition>(), new List<(string, string)>());
        foreach (var file in files)
        {
            try
            {
                taken.Add(await library.AddAsync(db, Path.GetFileName(file.FileName), await ReadAsync(file), Who.AccountId, clock.GetUtcNow().UtcDateTime));
            }
            catch (PictureRefusedException why)
            {
                refused.Add((Path.GetFileName(file.FileName), why.Message));
            }
        }

        keeping.Ring();
        if (refused.Count == 0 && taken.Count > 0)
        {
            Said = taken is [{ IsNew: false }] ? "This picture was in the library already: here it is."
                : taken.Count == 1 ? "The picture is in the library. Say what it shows."
                : $"{taken.Count:N0} pictures are in the library.";
            return new SeeOther(taken.Count == 1 ? To.Picture(taken[0].Picture.Id) : "/newsroom/pictures");
        }

        Refused = files.Count == 0 ? [("", "Choose one or more pictures first.")] : refused;
        Response.StatusCode = StatusCodes.Status400BadRequest;
        await ShowAsync(null, null, null);
        return Page();
    }

    private async Task ShowAsync(string? q, string? show, string? page)
    {
        (Title, Here) = ("Pictures", "Pictures");
        Q = (q ?? "").Trim();
        if (Q.Length > LongestSearch) Q = Q[..LongestSearch];
        Filter = Filters.FirstOrDefault(f => f.Name == show).Filter;

        var found = db.Pictures.AsNoTracking().In(Filter, db, clock.GetUtcNow().UtcDateTime).Saying(Q);
        Count = await found.CountAsync(HttpContext.RequestAborted);
        Pager = PagerView.Of(Count, OnAPage, page, number => Address(Filter, number));
        Lines = await found.NewestFirst().Skip((Pager.Page - 1) * OnAPage).Take(OnAPage).Lines(db).ToListAsync(HttpContext.RequestAborted);
    }

    public string Address(PictureFilter filter, int number = 1) => QueryHelpers.AddQueryString("/newsroom/pictures", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["show"] = Filters.First(f => f.Filter == filter).Name,
        ["page"] = number > 1 ? number.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    /// <summary>No more of it than may be: a longer file is refused for its length.</summary>
    private async Task<byte[]> ReadAsync(IFormFile file)
    {
        var bytes = new byte[Math.Min(file.Length, library.Limits.Bytes + 1)];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, HttpContext.RequestAborted);
        return bytes;
    }
}
