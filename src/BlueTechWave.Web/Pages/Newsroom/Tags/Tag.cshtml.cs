using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tags;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Tags;

/// <summary>One tag: renamed, made part of another, or taken away. Its old address leads on.</summary>
[May(Act.ManageTags)]
public class TagModel(NewsDbContext db) : NewsroomPageModel
{
    private const int Suggested = 500;

    public Tag Tag { get; private set; } = null!;

    public int Articles { get; private set; }

    /// <summary>What it could become part of, most used first.</summary>
    public IReadOnlyList<string> Others { get; private set; } = [];

    public string Name { get; private set; } = "";

    public string Into { get; private set; } = "";

    public string? NameError { get; private set; }

    public string? IntoError { get; private set; }

    public async Task<IActionResult> OnGetAsync(int id) => await FindAsync(id) ? await ShowAsync() : NotFound();

    public async Task<IActionResult> OnPostRenameAsync(int id, [FromForm] string? name)
    {
        if (!await FindAsync(id)) return NotFound();

        Name = (name ?? "").Trim();
        var slug = Slug.From(Name);
        if (Name.Length == 0) NameError = "Please give it a name.";
        else if (Name.Length > Tag.NameLength) NameError = $"Please keep the name under {Tag.NameLength} characters.";
        else if (slug.Length == 0) NameError = "A name needs at least one letter or digit.";
        else if (await db.Tags.FirstOrDefaultAsync(t => t.Slug == slug && t.Id != id) is { } other) NameError = $"“{other.Name}” has this address already. To make one of the two, merge them below.";
        if (NameError is not null) return await RefuseAsync();

        var (before, old) = (Tag.Name, To.Tag(Tag.Slug));
        Tag.Rename(Name);
        await Readdressing.LeaveAsync(db, old, To.Tag(Tag.Slug));
        await db.SaveChangesAsync();
        Said = before == Name ? "Nothing has changed." : $"“{before}” is called “{Name}” now{(old == To.Tag(Tag.Slug) ? "" : $"; {old} leads to {To.Tag(Tag.Slug)}")}.";
        return RedirectToPage(new { id });
    }

    public async Task<IActionResult> OnPostMergeAsync(int id, [FromForm] string? into)
    {
        if (!await FindAsync(id)) return NotFound();

        Into = (into ?? "").Trim();
        var slug = Slug.From(Into);
        var other = slug.Length == 0 ? null : await db.Tags.FirstOrDefaultAsync(t => t.Slug == slug);
        if (other is null) IntoError = Into.Length == 0 ? "Please name the tag it is to become part of." : $"There is no tag “{Into}”.";
        else if (other.Id == id) IntoError = "That is this tag itself.";
        if (other is null || IntoError is not null) return await RefuseAsync();

        await using var transaction = await db.Database.BeginTransactionAsync();
        await Readdressing.LeaveAsync(db, To.Tag(Tag.Slug), To.Tag(other.Slug));
        await TagMerge.MergeAsync(db, Tag, other);
        await transaction.CommitAsync(CancellationToken.None);
        Said = $"“{Tag.Name}” is part of “{other.Name}” now; {To.Tag(Tag.Slug)} leads there.";
        return RedirectToPage(new { id = other.Id });
    }

    public async Task<IActionResult> OnPostRemoveAsync(int id)
    {
        if (!await FindAsync(id)) return NotFound();

        await using var transaction = await db.Database.BeginTransactionAsync();
        await TagMerge.RemoveAsync(db, Tag);
        await transaction.CommitAsync(CancellationToken.None);
        Said = $"The tag “{Tag.Name}” is removed.";
        return Redirect("/newsroom/tags");
    }

    private async Task<bool> FindAsync(int id)
    {
        if (await db.Tags.FindAsync(id) is not { } tag) return false;
        (Tag, Name) = (tag, tag.Name);
        return true;
    }

    private Task<IActionResult> RefuseAsync()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return ShowAsync();
    }

    private async Task<IActionResult> ShowAsync()
    {
        (Title, Here) = (Tag.Name, "Tags");
        Articles = await db.Set<ArticleTag>().CountAsync(t => t.TagId == Tag.Id);
        Others = await db.Tags.Where(t => t.Id != Tag.Id).OrderByDescending(t => db.Set<ArticleTag>().Count(a => a.TagId == t.Id)).ThenBy(t => t.Name)
            .Take(Suggested).Select(t => t.Name).ToListAsync();
        return Page();
    }
}
