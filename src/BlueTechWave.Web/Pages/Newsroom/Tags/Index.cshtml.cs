using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Tags;

/// <summary>All tags: found, ordered, with how many articles have them, public or not.</summary>
[May(Act.ManageTags)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    private const int OnAPage = 50;
    private const int LongestSearch = 100;

    public static readonly IReadOnlyList<(string Name, string Label)> Orders = [("", "Name"), ("most", "Most used"), ("least", "Least used"), ("newest", "Newest")];

    public sealed record Row(int Id, string Name, string Slug, int Articles);

    public string Q { get; private set; } = "";

    public string Order { get; private set; } = "";

    public PagerView Pager { get; private set; } = null!;

    public int Count { get; private set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, string? order, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        (Title, Here) = ("Tags", "Tags");
        Q = (q ?? "").Trim();
        if (Q.Length > LongestSearch) Q = Q[..LongestSearch];
        Order = Orders.FirstOrDefault(o => o.Name == order, Orders[0]).Name;

        // A slug is the name without case and accents: found as people type it, on either store.
        var slug = Slug.From(Q);
        var found = db.Tags.AsNoTracking();
        if (Q.Length > 0) found = found.Where(t => (slug != "" && t.Slug.Contains(slug)) || t.Name.Contains(Q));
        Count = await found.CountAsync(cancellation);
        Pager = PagerView.Of(Count, OnAPage, page, Address);

        var counted = found.Select(t => new { t.Id, t.Name, t.Slug, Articles = db.Set<ArticleTag>().Count(a => a.TagId == t.Id) });
        var ordered = Order switch
        {
            "most" => counted.OrderByDescending(t => t.Articles).ThenBy(t => t.Slug),
            "least" => counted.OrderBy(t => t.Articles).ThenBy(t => t.Slug),
            "newest" => counted.OrderByDescending(t => t.Id),
            _ => counted.OrderBy(t => t.Slug),
        };
        Rows = await ordered.Skip((Pager.Page - 1) * OnAPage).Take(OnAPage).Select(t => new Row(t.Id, t.Name, t.Slug, t.Articles)).ToListAsync(cancellation);
    }

    private string Address(int number) => QueryHelpers.AddQueryString("/newsroom/tags", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["order"] = Order,
        ["page"] = number > 1 ? number.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
