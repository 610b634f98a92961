using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Redirects;

/// <summary>One redirect, old or new.</summary>
[May(Act.ManageRedirects)]
public class RedirectModel(NewsDbContext db, SiteFrames frames, SiteAddress address) : NewsroomPageModel
{
    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public string From { get; private set; } = "";

    public string Leads { get; private set; } = "";

    /// <summary>The article it leads to, wherever that moves.</summary>
    public string? Headline { get; private set; }

    public string? FromError { get; private set; }

    public string? LeadsError { get; private set; }

    public async Task<IActionResult> OnGetAsync(int? id, string? from, CancellationToken cancellation)
    {
        Show(id);
        From = from ?? "";
        if (id is null) return Page();

        if (await db.Redirects.AsNoTracking().Include(r => r.Article).FirstOrDefaultAsync(r => r.Id == id, cancellation) is not { } redirect) return NotFound();
        (From, Headline) = (redirect.From, redirect.Article?.Headline);
        Leads = redirect.To ?? (redirect.Article is { Year: { } year, Month: { } month, Slug: var slug } ? To.Article(year, month, slug) : "");
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? from, [FromForm] string? to)
    {
        Show(id);
        var redirect = id is null ? null : await db.Redirects.Include(r => r.Article).FirstOrDefaultAsync(r => r.Id == id);
        if (id is not null && redirect is null) return NotFound();

        var rule = new RedirectRule(db, frames, address.Root);
        (From, FromError) = await rule.FromAsync(from ?? "", id ?? 0);
        (Leads, LeadsError) = await rule.ToAsync(to ?? "", From, id ?? 0);
        if (FromError is not null || LeadsError is not null)
        {
            (From, Leads) = (from ?? "", to ?? "");
            Headline = redirect?.Article?.Headline;
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        if (redirect is null) db.Redirects.Add(redirect = new(From, Leads));
        else redirect.Lead(From, Leads);
        // What led here leads on at once.
        foreach (var before in await db.Redirects.Where(r => r.To == From && r.Id != (id ?? 0)).ToListAsync()) before.Lead(before.From, Leads);
        await db.MissedAddresses.Where(m => m.Path == From).ExecuteDeleteAsync();
        await db.SaveChangesAsync();
        Said = $"{From} leads to {Leads} now.";
        return Redirect("/newsroom/redirects");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (await db.Redirects.FindAsync(id ?? 0) is not { } redirect) return NotFound();
        db.Redirects.Remove(redirect);
        await db.SaveChangesAsync();
        Said = $"The redirect from {redirect.From} is removed; readers who come there find nothing.";
        return Redirect("/newsroom/redirects");
    }

    private void Show(int? id) => (Id, Title, Here) = (id, id is null ? "New redirect" : "Redirect", "Redirects");
}
