using System.Globalization;
using System.Runtime.ExceptionServices;
using BlueTechWave.Web.Faults;
using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Caching;

/// <summary>Whether a page past its time will do for this request, and whether there is one.</summary>
internal sealed class StaleAnswer
{
    /// <summary>Why none could be made; null while nobody has tried.</summary>
    public ExceptionDispatchInfo? Why { get; set; }

    public bool IsThere { get; set; }

    /// <summary>For how long its time has been over; null if it was not given.</summary>
    public TimeSpan? Over { get; set; }
}

/// <summary>
/// Gives a reader the page of before, marked as such (RFC 9211), where a new one cannot be made: the store is away, or too many are asking.
/// </summary>
internal static class StaleAnswers
{
    /// <summary>In front of the cache, which is asked once more.</summary>
    public static IApplicationBuilder UseStaleAnswers(this IApplicationBuilder app)
    {
        var watch = app.ApplicationServices.GetRequiredService<StoreWatch>();
        return app.Use(async (http, next) =>
        {
            var asked = new StaleAnswer();
            http.Features.Set(asked);
            http.Response.OnStarting(() => Tell(http.Response, asked));
            try
            {
                await next(http);
            }
            catch (Exception e) when (asked.IsThere && asked.Why is null && !http.Response.HasStarted && Faults.Faults.Of(e) is not null)
            {
                if (Faults.Faults.IsOfStore(Faults.Faults.Of(e))) watch.Failed(e);
                asked.Why = ExceptionDispatchInfo.Capture(e);
                FaultAnswers.TakeBack(http.Response);
                await next(http);
            }
        });
    }

    /// <summary>Behind the cache: what was tried once is not tried again.</summary>
    public static void ThrowIfTried(HttpContext http) => http.Features.Get<StaleAnswer>()?.Why?.Throw();

    private static Task Tell(HttpResponse response, StaleAnswer asked)
    {
        if (asked.Over is { } over && response.StatusCode is StatusCodes.Status200OK or StatusCodes.Status304NotModified)
            response.Headers["Cache-Status"] = string.Create(CultureInfo.InvariantCulture, $"BlueTechWave; hit; ttl={-(long)over.TotalSeconds}");
        return Task.CompletedTask;
    }
}
