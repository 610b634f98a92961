using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Redirects;

/// <summary>Old addresses and where they lead.</summary>
[May(Act.ManageRedirects)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    private const int OnAPage = 50;
    private const int LongestSearch = 200;

    /// <param name="Headline">Of the article it leads to, wherever that moves.</param>
    public sealed record Row(int Id, string From, string? To, string? Headline, int? ArticleId);

    public string Q { get; private set; } = "";

    public PagerView Pager { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    /// <summary>Addresses asked for in vain, not ignored.</summary>
    public int Missed { get; private set; }

    public async Task OnGetAsync(string? q, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        (Title, Here) = ("Redirects", "Redirects");
        Q = (q ?? "").Trim();
        if (Q.Length > LongestSearch) Q = Q[..LongestSearch];

        var found = db.Redirects.AsNoTracking();
        if (Q.Length > 0) found = found.Where(r => r.From.Contains(Q) || r.To!.Contains(Q) || r.Article!.Headline.Contains(Q));
        Pager = PagerView.Of(await found.CountAsync(cancellation), OnAPage, page, Address);
        Rows = await found.OrderByDescending(r => r.Id).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage)
            .Select(r => new Row(r.Id, r.From, r.To, r.Article!.Headline, r.ArticleId)).ToListAsync(cancellation);
        Missed = await db.MissedAddresses.CountAsync(m => !m.IsIgnored, cancellation);
    }

    private string Address(int number) => QueryHelpers.AddQueryString("/newsroom/redirects", new Dictionary<string, string?>
    {
        ["q"] = Q,
        ["page"] = number > 1 ? number.ToString(CultureInfo.InvariantCulture) : null,
    }.Where(p => !string.IsNullOrEmpty(p.Value)));
}
