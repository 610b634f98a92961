using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BlueTechWave.Web.Pages.Account;

/// <summary>A page at the door of the newsroom: signing in and what belongs to it. Never kept by any cache.</summary>
public abstract class DoorPageModel : PageModel
{
    public string Title { get; protected set; } = "";

    public override Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            Response.Headers.Allow = "GET, HEAD, POST";
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
            return Task.CompletedTask;
        }

        Response.Headers.CacheControl = "no-store";
        return next();
    }

    /// <summary>An address of this site, whatever was asked for: nobody is sent elsewhere from here.</summary>
    protected string Local(string? returnUrl) => Url.IsLocalUrl(returnUrl) ? returnUrl! : "/newsroom";
}
