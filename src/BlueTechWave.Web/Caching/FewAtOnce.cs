using System.Threading.RateLimiting;
using BlueTechWave.Web.Faults;
using BlueTechWave.Web.Options;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Makes only so many readers' pages at once as the processors can: more would share the same time and need more memory. Some more
/// wait, for a while; who comes then is asked to come back. What the cache holds waits for nobody, nor does the newsroom, and nobody
/// waits while a page is on its way to a slow reader: only its making counts, which <see cref="EntityTags"/> parts from its sending.
/// </summary>
public static class FewAtOnce
{
    public static IApplicationBuilder UseFewAtOnce(this IApplicationBuilder app)
    {
        var load = app.ApplicationServices.GetRequiredService<IOptions<LoadOptions>>().Value;
        var clock = app.ApplicationServices.GetRequiredService<TimeProvider>();
        var watch = app.ApplicationServices.GetRequiredService<StoreWatch>();
        var places = new ConcurrencyLimiter(new() { PermitLimit = load.Places, QueueLimit = load.PagesWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });
        return app.Use(async (http, next) =>
        {
            // What an editor foresees is hers alone.
            if (http.Features.Get<IOutputCacheFeature>() is null || http.Features.Get<Moment>() is not null)
            {
                await next(http);
                return;
            }

            StaleAnswers.ThrowIfTried(http);
            var reader = http.RequestAborted;
            var seconds = http.GetEndpoint()?.Metadata.GetMetadata<LongInMaking>() is null ? load.PageSeconds : load.PageSeconds * LongInMaking.Times;
            using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(reader, over.Token);
            http.RequestAborted = either.Token;
            var isBeingMade = false;
            try
            {
                using var place = await places.AcquireAsync(1, either.Token);
                if (!place.IsAcquired) throw new CrowdedException();
                isBeingMade = true;
                await next(http);
                if (http.Response.StatusCode == StatusCodes.Status200OK) watch.Answered();
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested && !reader.IsCancellationRequested)
            {
                throw isBeingMade ? new TimeoutException("The page was not made in time.") : new CrowdedException();
            }
            finally
            {
                http.RequestAborted = reader;
            }
        });
    }
}

/// <summary>Of an address whose answer names thousands of articles: on a disk that has not read them lately, each takes its time.</summary>
internal sealed class LongInMaking
{
    public const int Times = 6;

    public static readonly LongInMaking Instance = new();
}
