using BlueTechWave.Core.Accounts;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Security;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Pages.Newsroom;

/// <summary>A page behind the door: knows who asks, and is never kept by any cache.</summary>
public abstract class NewsroomPageModel : PageModel
{
    /// <summary>Who asks. The folder lets nobody else in.</summary>
    public Who Who { get; private set; } = null!;

    /// <summary>Title of the page, and which entry of the menu is current.</summary>
    public string Title { get; protected set; } = "";

    /// <inheritdoc cref="Title"/>
    public string Here { get; protected set; } = "";

    /// <summary>How many notices wait for her.</summary>
    public int Unread { get; private set; }

    /// <summary>Whether single letters act: her own choice.</summary>
    public bool UsesLetterKeys { get; private set; }

    /// <summary>Said once, at the top of the next page.</summary>
    public string? Said
    {
        get => TempData[nameof(Said)] as string;
        protected set => TempData[nameof(Said)] = value;
    }

    public bool May(Act act) => Who.May(act);

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (context.HandlerMethod is null)
        {
            Response.Headers.Allow = "GET, HEAD";
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        Who = User.Who() ?? throw new InvalidOperationException("A page of the newsroom was reached by nobody.");
        Response.Headers.CacheControl = "no-cache, no-store";
        var db = HttpContext.RequestServices.GetRequiredService<NewsDbContext>();
        var own = await db.Accounts.Where(a => a.Id == Who.AccountId)
            .Select(a => new { a.UsesLetterKeys, Unread = db.Notifications.Count(n => n.AccountId == a.Id && n.ReadAt == null) })
            .SingleAsync(HttpContext.RequestAborted);
        (UsesLetterKeys, Unread) = (own.UsesLetterKeys, own.Unread);
        await next();
    }
}
