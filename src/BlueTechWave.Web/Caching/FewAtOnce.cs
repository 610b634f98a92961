using Microsoft.AspNetCore.OutputCaching;

namespace BlueTechWave.Web.Caching;

/// <summary>
/// Makes only so many readers' pages at once as the processors can: more would share the same time and need more memory.
/// What the cache holds waits for nobody, and nobody waits while a page is on its way to a slow reader: only its making counts,
/// which <see cref="EntityTags"/> parts from its sending.
/// </summary>
public static class FewAtOnce
{
    private const int ForEachProcessor = 2;

    public static IApplicationBuilder UseFewAtOnce(this IApplicationBuilder app)
    {
        var places = new SemaphoreSlim(ForEachProcessor * Environment.ProcessorCount);
        return app.Use(async (http, next) =>
        {
            if (http.Features.Get<IOutputCacheFeature>()?.Context is not { AllowCacheStorage: true })
            {
                await next(http);
                return;
            }

            await places.WaitAsync(http.RequestAborted);
            try
            {
                await next(http);
            }
            finally
            {
                places.Release();
            }
        });
    }
}
