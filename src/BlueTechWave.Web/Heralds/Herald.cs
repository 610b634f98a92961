using System.Threading.Channels;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Web.Heralds;

/// <summary>
/// Tells one place elsewhere what saves have changed: in the background, many saves in one message, and again, less and
/// less often, while that place fails. A save never waits for it and never fails with it; what is not told in the end
/// is found by the way it was found before, feeds and sitemaps.
/// </summary>
public abstract class Herald(IServiceScopeFactory scopes, TimeProvider clock, ILogger log) : BackgroundService
{
    /// <summary>Changes held until they are told. What comes at once beyond it is left to the sitemaps.</summary>
    private const int HeldAtMost = 10_000;

    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(15),
        DefaultRequestHeaders = { { "User-Agent", "BlueTechWave" } },
    };

    private HashSet<Notice> _heard = [];

    /// <summary>Who is told, for the log.</summary>
    protected abstract string Listener { get; }

    /// <summary>How many addresses go into one message.</summary>
    protected abstract int InOneMessage { get; }

    /// <summary>Takes note of what a commit has changed, and returns at once.</summary>
    public void Hear(IReadOnlyCollection<Notice> noticed)
    {
        var missed = 0;
        lock (_lock)
        {
            foreach (var notice in noticed)
                if (_heard.Count < HeldAtMost) _heard.Add(notice);
                else missed++;
        }

        if (missed > 0) log.LogWarning("{Listener} will not be told of {Count} changes: too many wait already.", Listener, missed);
        _bell.Writer.TryWrite(true);
    }

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The whole addresses whose content these changes have touched.</summary>
    protected abstract Task<IReadOnlyCollection<string>> AddressesAsync(NewsDbContext db, IReadOnlyCollection<Notice> noticed, CancellationToken cancellation);

    /// <summary>The message that tells of these addresses.</summary>
    protected abstract HttpRequestMessage Tell(IReadOnlyCollection<string> addresses);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in _bell.Reader.ReadAllAsync(stoppingToken)) await CarryAsync(stoppingToken);
    }

    private async Task CarryAsync(CancellationToken stopping)
    {
        var noticed = new HashSet<Notice>();
        for (var attempt = 0; ; attempt++)
        {
            // What came in while we waited goes along.
            noticed.UnionWith(Take());
            try
            {
                await SendAsync(noticed, stopping);
                return;
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                if (attempt == Pauses.Length || IsRefusal(e))
                {
                    log.LogError(e, "{Listener} could not be told of changes; it is given up.", Listener);
                    return;
                }

                log.LogWarning("{Listener} could not be told of changes ({Why}); again in {Pause}.", Listener, e.Message, Pauses[attempt]);
                await Task.Delay(Pauses[attempt], clock, stopping);
            }
        }
    }

    private HashSet<Notice> Take()
    {
        lock (_lock)
        {
            var heard = _heard;
            _heard = [];
            return heard;
        }
    }

    private async Task SendAsync(HashSet<Notice> noticed, CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var addresses = await AddressesAsync(scope.ServiceProvider.GetRequiredService<NewsDbContext>(), noticed, stopping);
        foreach (var some in addresses.Order(StringComparer.Ordinal).Chunk(InOneMessage))
        {
            using var message = Tell(some);
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stopping);
            if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"{(int)answer.StatusCode} {answer.ReasonPhrase}", null, answer.StatusCode);
        }
    }

    /// <summary>An answer that will be no other the next time.</summary>
    private static bool IsRefusal(Exception e) =>
        e is HttpRequestException { StatusCode: { } status } && (int)status is < 500 and not (StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests);
}
