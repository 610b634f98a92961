using System.Globalization;
using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Authors;

/// <summary>Everybody whom a byline may name, with or without an account.</summary>
[May(Act.ManageAuthors)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    private const int OnAPage = 50;
    private const int LongestSearch = 100;

    /// <param name="Account">Whose profile it is; null for nobody's.</param>
    public sealed record Row(int Id, string Name, string Title, int Articles, string? Account);

    public string Q { get; private set; } = "";

    public PagerView Pager { get; private set; } = null!;

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(string? q, [FromQuery(Name = "page")] string? page, CancellationToken cancellation)
    {
        (Title, Here) = ("Authors", "Authors");
        Q = (q ?? "").Trim();
        if (Q.Length > LongestSearch) Q = Q[..LongestSearch];
        var slug = Slug.From(Q);
        var found = db.Authors.AsNoTracking();
        if (Q.Length > 0) found = found.Where(a => (slug != "" && a.Slug.Contains(slug)) || a.Name.Contains(Q));
        Pager = PagerView.Of(await found.CountAsync(cancellation), OnAPage, page, n => QueryHelpers.AddQueryString("/newsroom/authors", new Dictionary<string, string?>
        {
            ["q"] = Q,
            ["page"] = n > 1 ? n.ToString(CultureInfo.InvariantCulture) : null,
        }.Where(p => !string.IsNullOrEmpty(p.Value))));
        Rows = await found.OrderBy(a => a.Slug).Skip((Pager.Page - 1) * OnAPage).Take(OnAPage)
            .Select(a => new Row(a.Id, a.Name, a.Title, db.Set<Byline>().Count(b => b.AuthorId == a.Id), db.Accounts.Where(x => x.AuthorId == a.Id).Select(x => x.Name).FirstOrDefault()))
            .ToListAsync(cancellation);
    }
}
