using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Standing;

/// <summary>The pages that are not news.</summary>
[May(Act.ManagePages)]
public class IndexModel(NewsDbContext db) : NewsroomPageModel
{
    public sealed record Row(int Id, string Title, string Slug, DateTime? RevisedAt);

    public IReadOnlyList<Row> Rows { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Pages", "Pages");
        Rows = await db.Pages.AsNoTracking().OrderBy(p => p.Title).Select(p => new Row(p.Id, p.Title, p.Slug, p.RevisedAt)).ToListAsync(cancellation);
    }
}
