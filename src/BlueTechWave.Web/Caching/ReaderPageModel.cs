using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Links;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Caching;

/// <summary>A page inside the site's frame: masthead, menus, footer.</summary>
public abstract class FramedPageModel : PageModel
{
    public SiteFrame Frame { get; private set; } = null!;

    public PageHead Head { get; protected set; } = new() { Title = "" };

    /// <summary>What the page tells search engines, in their words.</summary>
    protected SiteFacts Facts => HttpContext.RequestServices.GetRequiredService<SiteFacts>();

    /// <summary>The category that the menu marks as current.</summary>
    public CategoryNode? Here { get; protected set; }

    /// <summary>What the menu marks as current, in a word: the category, and the address where an entry leads to it.</summary>
    public string Place
    {
        get
        {
            var path = Request.Path.Value;
            return $"{Here?.Id} {(Frame.HeaderMenu.Any(LeadsHere) ? path : "")}";

            bool LeadsHere(MenuNode entry) => To.Menu(entry) == path || entry.Children.Any(LeadsHere);
        }
    }

    [NonHandler]
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        // A page without a handler for the method would be shown with nothing on it.
        if (context.HandlerMethod is null)
        {
            Response.Headers.Allow = "GET, HEAD";
            context.Result = StatusCode(StatusCodes.Status405MethodNotAllowed);
            return;
        }

        await TakeFrameAsync();
        await next();
    }

    protected async Task TakeFrameAsync()
    {
        Frame = HttpContext.Features.Get<Moment>()?.Frame ?? await HttpContext.RequestServices.GetRequiredService<SiteFrames>().GetAsync(HttpContext.RequestAborted);
        Shows(Notice.Frame);
    }

    /// <summary>The frame as it was when the store last answered, for a page that must do without; none, if it never did.</summary>
    protected void TakeRemembered() => Frame = HttpContext.RequestServices.GetRequiredService<SiteFrames>().Remembered!;

    /// <summary>Says that the page shows these, and must be made anew when one of them changes.</summary>
    protected void Shows(params IEnumerable<Notice> notices) => HttpContext.Shows(notices);

    protected void Shows(params IEnumerable<ArticleCard> cards) => HttpContext.Shows(cards);

    /// <summary>Says that the page has the rail: most read, and the numbers beside categories and months.</summary>
    protected void ShowsRail()
    {
        Shows(Notice.Counts, Notice.MostRead);
        Shows(Frame.MostRead);
    }
}

/// <summary>A page for readers: kept whole in the output cache under the names of everything it shows.</summary>
[OutputCache(PolicyName = ReaderPagePolicy.Name)]
public abstract class ReaderPageModel : FramedPageModel;

public static class Showing
{
    public static void Shows(this HttpContext http, params IEnumerable<Notice> notices)
    {
        if (http.Features.Get<IOutputCacheFeature>() is not { } cache) return;
        foreach (var notice in notices) cache.Context.Tags.Add(notice.ToString());
    }

    /// <summary>Says that the page changes by itself then, and is not to be kept longer.</summary>
    public static void KeepUntil(this HttpContext http, TimeSpan atMost)
    {
        if (http.Features.Get<IOutputCacheFeature>()?.Context is { } cache && (cache.ResponseExpirationTimeSpan is null || cache.ResponseExpirationTimeSpan > atMost)) cache.ResponseExpirationTimeSpan = atMost;
    }

    /// <summary>A card prints its article's headline and its authors' addresses.</summary>
    public static void Shows(this HttpContext http, params IEnumerable<ArticleCard> cards)
    {
        foreach (var card in cards)
        {
            http.Shows(Notice.Article(card.Id));
            http.Shows(card.Authors.Select(a => Notice.Author(a.AuthorId)));
        }
    }
}
