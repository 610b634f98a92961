using BlueTechWave.Web.Pages.Newsroom;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BlueTechWave.Web.Pages.Profile;

/// <summary>A page about one's own account: knows it, and whether the password has to be asked for once more.</summary>
public abstract class ProfilePageModel : NewsroomPageModel
{
    public Core.Accounts.Account Account { get; private set; } = null!;

    /// <summary>Whether what can be done here asks for the password first.</summary>
    public bool AsksPassword { get; private set; }

    public Dictionary<string, string> Errors { get; } = [];

    protected UserManager<Core.Accounts.Account> Accounts => HttpContext.RequestServices.GetRequiredService<UserManager<Core.Accounts.Account>>();

    protected Surety Surety => HttpContext.RequestServices.GetRequiredService<Surety>();

    [NonHandler]
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next) =>
        base.OnPageHandlerExecutionAsync(context, async () =>
        {
            Account = await Accounts.GetUserAsync(User) ?? throw new InvalidOperationException("A session without its account was let in.");
            AsksPassword = await Surety.AsksPasswordAsync();
            return await next();
        });

    public string? Error(string field) => Errors.GetValueOrDefault(field);

    /// <summary>Whether it is she; if not, that is said beside the password.</summary>
    protected async Task<bool> IsSureAsync(string? password)
    {
        if (await Surety.DoubtAsync(password) is not { } doubt) return true;
        Errors["present"] = doubt;
        return false;
    }

    protected PageResult Mend()
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return Page();
    }

    /// <summary>Done: said at the top of the page that follows.</summary>
    protected IActionResult Done(string said, string page)
    {
        Said = said;
        return RedirectToPage(page);
    }
}
