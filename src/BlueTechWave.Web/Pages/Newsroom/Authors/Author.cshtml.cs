using BlueTechWave.Core;
using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Authors;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Pages.Newsroom.Pictures;
using BlueTechWave.Web.Redirects;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom.Authors;

/// <summary>One author, old or new. A new name is for what is published from now on: bylines stay as readers know them.</summary>
[May(Act.ManageAuthors)]
public class AuthorModel(NewsDbContext db, Dates dates, TimeProvider clock) : NewsroomPageModel
{
    public sealed record Input(string Name, string Slug, string Role, string Bio, string TipsEmail, string Portrait = "");

    /// <summary>Null while it is new.</summary>
    public int? Id { get; private set; }

    public Input Typed { get; private set; } = new("", "", "", "", "");

    public Author? Author { get; private set; }

    /// <summary>What a portrait may be chosen from.</summary>
    public IReadOnlyList<PictureChoice> Pictures { get; private set; } = [];

    public int Articles { get; private set; }

    public string? Account { get; private set; }

    public Dictionary<string, string> Errors { get; } = [];

    public async Task<IActionResult> OnGetAsync(int? id)
    {
        if (!await FindAsync(id)) return NotFound();
        if (Author is { } author) Typed = new(author.Name, author.Slug, author.Title, author.Bio, author.TipsEmail ?? "", author.PictureId is { } portrait ? Picture.AddressOf(portrait) : "");
        await ChooseAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(int? id, [FromForm] string? name, [FromForm] string? slug, [FromForm] string? role, [FromForm] string? bio, [FromForm] string? tips, [FromForm] string? portrait)
    {
        if (!await FindAsync(id)) return NotFound();
        Typed = new((name ?? "").Trim(), Slug.From(string.IsNullOrWhiteSpace(slug) ? name ?? "" : slug), (role ?? "").Trim(), (bio ?? "").ReplaceLineEndings("\n").Trim(), (tips ?? "").Trim(), (portrait ?? "").Trim());
        await ChooseAsync();
        await CheckAsync();
        if (Errors.Count > 0) return Refuse();

        var tipsEmail = Typed.TipsEmail.Length > 0 ? Typed.TipsEmail : null;
        if (Author is null)
        {
            var author = new Author(Typed.Name, Typed.Role, Typed.Bio, tipsEmail, Typed.Slug);
            author.Portray(Picture.IdOf(Typed.Portrait));
            db.Authors.Add(author);
        }
        else
        {
            Author.Portray(Picture.IdOf(Typed.Portrait));
            var before = To.Author(Author.Slug);
            Author.Describe(Typed.Name, Typed.Role, Typed.Bio, tipsEmail);
            Author.Readdress(Typed.Slug);
            await Readdressing.LeaveAsync(db, before, To.Author(Author.Slug));
        }

        await db.SaveChangesAsync();
        Said = $"“{Typed.Name}” is saved.";
        return Redirect("/newsroom/authors");
    }

    public async Task<IActionResult> OnPostRemoveAsync(int? id)
    {
        if (id is null || !await FindAsync(id)) return NotFound();
        if (Articles > 0 || Account is not null)
        {
            Said = $"“{Author!.Name}” {(Articles > 0 ? "has written articles" : "has an account")} and stays.";
            return RedirectToPage(new { id });
        }

        db.Authors.Remove(Author!);
        await db.SaveChangesAsync();
        Said = $"“{Author!.Name}” is removed.";
        return Redirect("/newsroom/authors");
    }

    private async Task<bool> FindAsync(int? id)
    {
        (Id, Title, Here) = (id, "New author", "Authors");
        if (id is null) return true;
        if (await db.Authors.FindAsync(id.Value) is not { } author) return false;
        (Author, Title) = (author, author.Name);
        Articles = await db.Set<Byline>().CountAsync(b => b.AuthorId == id);
        Account = await db.Accounts.Where(a => a.AuthorId == id).Select(a => a.Name).FirstOrDefaultAsync();
        return true;
    }

    private async Task ChooseAsync() => Pictures =
        [.. await PictureChoice.LibraryAsync(db, dates, clock.GetUtcNow().UtcDateTime, [Author?.PictureId ?? 0, Picture.IdOf(Typed.Portrait) ?? 0], HttpContext.RequestAborted)];

    private async Task CheckAsync()
    {
        if (Typed.Portrait.Length > 0 && Pictures.All(p => p.Path != Typed.Portrait)) Errors["portrait"] = "That picture is not in the library.";
        if (Typed.Name.Length == 0) Errors["name"] = "Please give a name.";
        else if (Typed.Name.Length > Author.NameLength) Errors["name"] = $"Please keep the name under {Author.NameLength} characters.";
        else if (Typed.Slug.Length == 0) Errors["slug"] = "A slug needs at least one letter or digit.";
        if (Typed.Slug.Length > 0 && await db.Authors.Where(a => a.Slug == Typed.Slug && a.Id != (Id ?? 0)).Select(a => a.Name).FirstOrDefaultAsync() is { } other)
            Errors["slug"] = $"“{other}” has this address already.";
        if (Typed.Role.Length > Author.NameLength) Errors["role"] = $"Please keep it under {Author.NameLength} characters.";
        if (Typed.Bio.Length > Author.BioLength) Errors["bio"] = $"Please keep it under {Author.BioLength} characters.";
        if (Typed.TipsEmail.Length > 0 && !(Typed.TipsEmail.Length <= 254 && MimeKit.MailboxAddress.TryParse(Typed.TipsEmail, out var box) && box.Address == Typed.TipsEmail && Typed.TipsEmail.Contains('@', StringComparison.Ordinal)))
            Errors["tips"] = "That is not an e-mail address.";
    }

    private PageResult Refuse()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }
}
