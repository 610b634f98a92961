using System.Globalization;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>A page at the door of the newsroom: signing in and what belongs to it. Never kept by any cache.</summary>
[RequestSizeLimit(KeptForm.SizeLimit)]
[RequestFormLimits(ValueLengthLimit = KeptForm.SizeLimit)]
public abstract class DoorPageModel : PageModel
{
    private const string Desk = "/newsroom";

    public string Title { get; protected set; } = "";

    public string? Error { get; protected set; }

    /// <summary>Where to after signing in.</summary>
    public string ReturnUrl { get; protected set; } = Desk;

    /// <summary>What was sent without a session, on its way back to where it belongs.</summary>
    public KeptForm? Kept { get; private set; }

    /// <summary>Whether she is in, and only what was kept remains to be sent.</summary>
    public bool IsIn { get; private set; }

    [NonHandler]
    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            Response.Headers.Allow = "GET, HEAD, POST";
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
            return Task.CompletedTask;
        }

        Response.Headers.CacheControl = "no-cache, no-store";
        return next();
    }

    /// <summary>Takes over where to go and what to bring along. Nobody is sent elsewhere from here, and nothing is.</summary>
    protected void Bring(string? returnUrl, string? keptFor = null, string? kept = null)
    {
        ReturnUrl = Url.IsLocalUrl(returnUrl) ? returnUrl! : Desk;
        Kept = Url.IsLocalUrl(keptFor) ? KeptForm.Unpack(keptFor, kept) : null;
    }

    protected void Bring(KeptForm kept) => Kept = kept;

    /// <summary>In: to where she was going, or to the button that sends what was kept.</summary>
    protected IActionResult Enter()
    {
        if (Kept is null) return LocalRedirect(ReturnUrl);
        (IsIn, Title) = (true, "Save what you wrote");
        return Page();
    }

    protected PageResult Refuse(string error)
    {
        (Error, Response.StatusCode) = (error, StatusCodes.Status400BadRequest);
        return Page();
    }

    protected PageResult Delay(TimeSpan wait, string more = "")
    {
        Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        (Error, Response.StatusCode) = ($"Too many attempts. Wait {SignInThrottle.Say(wait)} and try again.{more}", StatusCodes.Status429TooManyRequests);
        return Page();
    }
}
