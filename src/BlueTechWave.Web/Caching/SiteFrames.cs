using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Frame;

namespace BlueTechWave.Web.Caching;

/// <summary>The frame that all requests share. Loaded once, and again after a save that touched it.</summary>
public sealed class SiteFrames(IServiceScopeFactory scopes, TimeProvider clock) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private long _forgotten;
    private volatile SiteFrame? _frame;
    private volatile SiteFrame? _last;

    /// <summary>The last that was loaded, even if a save has touched it since: for a page about a failure, which shows no article.</summary>
    public SiteFrame? Remembered => _last;

    public async ValueTask<SiteFrame> GetAsync(CancellationToken cancellation = default) =>
        _frame ?? await LoadAsync(cancellation);

    /// <summary>Whether the frame prints one of these articles by name.</summary>
    public bool Shows(IReadOnlyCollection<Notice> noticed) =>
        _frame is { } frame && frame.MostReadAll.Any(card => noticed.Contains(Notice.Article(card.Id)));

    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _frame = null;
    }

    public void Dispose() => _loading.Dispose();

    private async Task<SiteFrame> LoadAsync(CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            if (_frame is { } loaded) return loaded;

            var begun = Interlocked.Read(ref _forgotten);
            await using var scope = scopes.CreateAsyncScope();
            var frame = await SiteFrame.LoadAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), clock.GetUtcNow().UtcDateTime, cancellation);
            // Kept only if no save came between: otherwise it may hold what was true before.
            if (Interlocked.Read(ref _forgotten) == begun) _frame = frame;
            _last = frame;
            return frame;
        }
        finally
        {
            _loading.Release();
        }
    }
}
