using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Comments;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Comments;

/// <summary>An article whose discussion is kept otherwise than the others'.</summary>
[May(Act.Moderate)]
public class ArticleModel(NewsDbContext db, SiteFrames frames) : NewsroomPageModel
{
    public int Id { get; private set; }

    public string Headline { get; private set; } = "";

    /// <summary>Null: as the site.</summary>
    public CommentPolicy? Policy { get; private set; }

    public string SitesOwn { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(int id, CancellationToken cancellation)
    {
        if (await db.Articles.Where(a => a.Id == id).Select(a => a.Headline).FirstOrDefaultAsync(cancellation) is not { } headline) return NotFound();
        (Title, Here, Id, Headline) = ("How an article is discussed", "Comments", id, headline);
        Policy = await db.PolicyOfAsync(id, cancellation);
        SitesOwn = PolicyWords.NameOf((await frames.GetAsync(cancellation)).Discussions.Policy);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int id, [FromForm] string? policy)
    {
        if (!await db.Articles.AnyAsync(a => a.Id == id)) return NotFound();
        var known = await db.ArticleDiscussions.FindAsync(id);
        if (!Enum.TryParse<CommentPolicy>(policy, out var chosen) || !Enum.IsDefined(chosen))
        {
            if (known is not null) db.ArticleDiscussions.Remove(known);
        }
        else if (known is null) db.ArticleDiscussions.Add(new(id, chosen));
        else known.Keep(chosen);

        await db.SaveChangesAsync(CancellationToken.None);
        Said = "Saved; it holds from the next comment.";
        return Redirect(FormattableString.Invariant($"/newsroom/comments/articles/{id}"));
    }
}
