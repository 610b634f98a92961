using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;
using BlueTechWave.Web.Links;

namespace BlueTechWave.Web.Caching;

/// <summary>What an editor asked to see ahead of its time. Set by a page that has made sure she may.</summary>
/// <param name="Path">A reader's page.</param>
public sealed record Journey(DateTime At, string Path);

/// <summary>The moment a page is made for, where that is not now, and the frame it will have then.</summary>
public sealed record Moment(DateTime At, SiteFrame Frame);

/// <summary>
/// Makes a reader's page as it will be: does what is planned until then, by the schedule's own acts, within a transaction; has
/// the page made by its own code; and takes everything back. Nothing of it reaches the cache, a reader or a log.
/// </summary>
public static class Foresight
{
    public static IApplicationBuilder UseForesight(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Items[typeof(Journey)] is not Journey journey || http.Response.HasStarted) return;

        var services = http.RequestServices;
        var db = services.GetRequiredService<NewsDbContext>();
        db.ChangeTracker.Clear();
        await using var transaction = await db.Database.BeginTransactionAsync(http.RequestAborted);
        await ScheduledPublishing.ForeseeAsync(db, journey.At, services.GetRequiredService<SiteClock>().Zone);
        db.ChangeTracker.Clear();
        http.Features.Set(new Moment(journey.At, await SiteFrame.LoadAsync(db, journey.At, http.RequestAborted)));

        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        (http.Request.Path, http.Request.QueryString, http.Response.ContentType) = (journey.Path, QueryString.Empty, null);
        http.Items.Remove(typeof(Journey));
        // Made whole before it is sent: no save waits for an editor's slow line.
        var line = http.Response.Body;
        using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = line;
            await transaction.RollbackAsync(CancellationToken.None);
            db.Noticed.Clear();
            db.ChangeTracker.Clear();
        }

        page.Position = 0;
        await page.CopyToAsync(line, http.RequestAborted);
    });
}
