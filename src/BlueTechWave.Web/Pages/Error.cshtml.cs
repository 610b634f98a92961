using System.Globalization;
using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Faults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace BlueTechWave.Web.Pages;

/// <summary>What a reader sees when there is nothing to see, whatever the method asked for it. Never kept in the cache.</summary>
[IgnoreAntiforgeryToken]
public class ErrorPage : FramedPageModel
{
    public int Code { get; private set; }

    /// <summary>A line of its own from the page that gave up, such as why an article was withdrawn.</summary>
    public string? Reason { get; private set; }

    /// <summary>What keeps us from answering, where that is neither the reader's fault nor ours.</summary>
    internal Fault? Fault { get; private set; }

    /// <summary>What was sent and not kept.</summary>
    internal SentAgain? Sent { get; private set; }

    /// <summary>What to quote to us when it is our fault; all that is logged of it has the same.</summary>
    public string? Reference => Code >= 500 && Fault is null ? HttpContext.TraceIdentifier : null;

    public string Heading => Fault is { } fault ? FaultWords.Heading(fault, !FaultAnswers.IsReading(Request)) : Code switch
    {
        400 or 415 => "We could not read that request",
        403 => "That is not allowed",
        404 => "This page has drifted off",
        405 => "That cannot be done here",
        410 => "This article has been withdrawn",
        413 => "That is too much at once",
        429 => "One moment, please",
        503 => "We are not quite there",
        _ => "Something went wrong on our side",
    };

    public string Advice => Fault is { } fault ? FaultWords.Advice(fault, Sent is not null) : Code switch
    {
        400 or 415 => "Something in it was malformed. Please go back and try again.",
        403 => "It seems to have come from another site. Open the page here and try again.",
        404 => "There is nothing at this address. It may have been mistyped, or the link that brought you here is out of date.",
        405 => "This address does not take that kind of request.",
        410 => "It was published here and is no longer available.",
        413 => "Please send something shorter.",
        429 => "You have sent us a lot in a short time. Wait a minute and try again; what you wrote is still in your browser.",
        503 => "Please try again in a minute.",
        _ => "It has been noted. Please try again in a minute.",
    };

    /// <summary>Where the frame itself cannot be had, the page stands alone.</summary>
    public bool IsBare => Frame is null;

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Code = int.Parse((string)RouteData.Values["code"]!, CultureInfo.InvariantCulture);
        // A page about a failure must not fail for the same reason.
        if (Code is not (500 or 503)) await TakeFrameAsync();
        else if (Code == 503) TakeRemembered();
        Show();
        await next();
    }

    private void Show()
    {
        (Reason, Fault, Sent) = (HttpContext.Why(), Faults.Faults.Of(HttpContext), SentAgain.Of(HttpContext));
        Head = new() { Title = Heading, NoIndex = true };
        Response.Headers.CacheControl = "no-store";
        if (Response.StatusCode == StatusCodes.Status200OK) Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
