using System.Globalization;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Menus;
using BlueTechWave.Core.Settings;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Settings;

/// <summary>What the paper decides about itself.</summary>
[May(Act.ManageSettings)]
public class SiteModel(NewsDbContext db) : NewsroomPageModel
{
    public sealed record Input(string Tagline, string FooterText, bool BreadcrumbShowsCategories, RelatedOrder RelatedOrder, string PerPage);

    public Input Typed { get; private set; } = null!;

    /// <summary>The accounts of the paper elsewhere, with what was typed for each.</summary>
    public IReadOnlyList<(SocialLink Link, string Typed)> Social { get; private set; } = [];

    public Dictionary<string, string> Errors { get; } = [];

    public async Task OnGetAsync()
    {
        var settings = await FindAsync();
        Typed = new(settings.Tagline, settings.FooterText, settings.BreadcrumbShowsCategories, settings.RelatedOrder, settings.ArticlesPerPage.ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostAsync([FromForm] string? tagline, [FromForm] string? footer, [FromForm] bool breadcrumb, [FromForm] string? related, [FromForm] string? perPage)
    {
        var settings = await FindAsync();
        var order = related == "near" ? RelatedOrder.NearInTime : RelatedOrder.Newest;
        Typed = new((tagline ?? "").Trim(), (footer ?? "").ReplaceLineEndings("\n").Trim(), breadcrumb, order, (perPage ?? "").Trim());
        Social = [.. Social.Select(s => (s.Link, Request.Form[$"social-{s.Link.Id.ToString(CultureInfo.InvariantCulture)}"].ToString().Trim()))];
        var number = Check();
        if (Errors.Count > 0)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }

        settings.Introduce(Typed.Tagline, Typed.FooterText);
        settings.Arrange(Typed.BreadcrumbShowsCategories, Typed.RelatedOrder);
        settings.ShowPerPage(number);
        foreach (var (link, url) in Social) link.Lead(url);
        await db.SaveChangesAsync();
        Said = "The settings are saved, and on every page.";
        return RedirectToPage();
    }

    private async Task<SiteSettings> FindAsync()
    {
        (Title, Here) = ("The paper", "Settings");
        var settings = await db.Settings.FirstOrDefaultAsync(s => s.Id == SiteSettings.OnlyId);
        if (settings is null) db.Settings.Add(settings = new());
        Social = [.. (await db.SocialLinks.OrderBy(l => l.HeaderPosition).ThenBy(l => l.Id).ToListAsync()).Select(l => (l, l.Url))];
        return settings;
    }

    private int Check()
    {
        if (Typed.Tagline.Length > SiteSettings.TaglineLength) Errors["tagline"] = $"Please keep it under {SiteSettings.TaglineLength} characters.";
        if (Typed.FooterText.Length > SiteSettings.FooterLength) Errors["footer"] = $"Please keep it under {SiteSettings.FooterLength} characters.";
        if (!int.TryParse(Typed.PerPage, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < SiteSettings.FewestPerPage or > SiteSettings.MostPerPage)
            Errors["perPage"] = $"Please give a number from {SiteSettings.FewestPerPage} to {SiteSettings.MostPerPage}.";
        foreach (var (link, url) in Social)
            if (url.Length > 0 && !(url.Length <= MenuItem.UrlLength && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
                Errors[$"social-{link.Id.ToString(CultureInfo.InvariantCulture)}"] = "Please give a whole address, beginning with https://.";
        return number;
    }
}
