using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Writing;
using BlueTechWave.Web.Security;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>What new articles can begin with.</summary>
[May(Act.ManageTemplates)]
public class TemplatesModel(NewsDbContext db) : NewsroomPageModel
{
    private const int BeginningShown = 120;

    public IReadOnlyList<(int Id, string Name, string Beginning)> Templates { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellation)
    {
        (Title, Here) = ("Templates", "Settings");
        Templates = [.. (await db.ArticleTemplates.AsNoTracking().OrderBy(t => t.Name).Select(t => new { t.Id, t.Name, Body = t.Body.Substring(0, BeginningShown) }).ToListAsync(cancellation))
            .Select(t => (t.Id, t.Name, string.Join(" · ", t.Body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.TrimStart('#', ' ')))))];
    }
}
