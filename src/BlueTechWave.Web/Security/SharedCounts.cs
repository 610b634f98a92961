using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace BlueTechWave.Web.Security;

/// <summary>
/// What all nodes count together, in Redis. Null is said wherever there is no Redis, or while it is lost: each node's own count
/// holds then, and nobody waits for it.
/// </summary>
public sealed class SharedCounts : IAsyncDisposable
{
    private const string Prefix = "btw:";

    /// <summary>Long for a machine beside ours.</summary>
    private const int PatienceMilliseconds = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConfigurationOptions? _redis;
    private readonly Lazy<Task<ConnectionMultiplexer>> _line;
    private readonly ILogger<SharedCounts> _log;
    private long _silentUntil;
    private int _isLost;

    public SharedCounts(IConfiguration configuration, ILogger<SharedCounts> log)
    {
        _log = log;
        _redis = Parse(configuration.GetConnectionString("Redis"));
        _line = new(() => ConnectionMultiplexer.ConnectAsync(_redis!));
    }

    /// <summary>Counts once more, from nothing when the window is over.</summary>
    /// <returns>How many there are now, and when the window is over.</returns>
    public async ValueTask<(long Count, TimeSpan Left)?> AddAsync(string what, TimeSpan window, int by = 1)
    {
        var answer = await AskAsync("""
            local n = redis.call('INCRBY', KEYS[1], ARGV[1])
            local left = redis.call('PTTL', KEYS[1])
            if left < 0 then
              redis.call('PEXPIRE', KEYS[1], ARGV[2])
              left = tonumber(ARGV[2])
            end
            return {n, left}
            """, [what], by, (long)window.TotalMilliseconds);
        return answer is null ? null : ((long)answer[0], TimeSpan.FromMilliseconds((long)answer[1]));
    }

    /// <summary>Has Redis do something at one stroke.</summary>
    /// <returns>What the script answers.</returns>
    public async ValueTask<RedisResult?> AskAsync(string script, string[] keys, params RedisValue[] values)
    {
        if (_redis is null || Environment.TickCount64 < Interlocked.Read(ref _silentUntil)) return null;
        try
        {
            var answer = await (await _line.Value).GetDatabase().ScriptEvaluateAsync(script, Array.ConvertAll(keys, key => (RedisKey)(Prefix + key)), values);
            if (Interlocked.Exchange(ref _isLost, 0) == 1) _log.LogInformation("Redis is there again: nodes count together.");
            return answer;
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            Interlocked.Exchange(ref _silentUntil, Environment.TickCount64 + (long)Pause.TotalMilliseconds);
            if (Interlocked.Exchange(ref _isLost, 1) == 0) _log.LogWarning("Redis is lost: until it is back, each node counts its own. {Why}", e.Message);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_line.IsValueCreated && await _line.Value is { } line) await line.DisposeAsync();
    }

    private static ConfigurationOptions? Parse(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        try
        {
            var redis = ConfigurationOptions.Parse(setting);
            (redis.AbortOnConnectFail, redis.BacklogPolicy, redis.AsyncTimeout, redis.ConnectTimeout) = (false, BacklogPolicy.FailFast, PatienceMilliseconds, 2 * PatienceMilliseconds);
            redis.ReconnectRetryPolicy = new LinearRetry((int)Pause.TotalMilliseconds);
            redis.ClientName ??= string.Create(CultureInfo.InvariantCulture, $"BlueTechWave-{Environment.MachineName}-{Environment.ProcessId}");
            return redis;
        }
        catch (ArgumentException e)
        {
            throw new OptionsValidationException("ConnectionStrings", typeof(ConfigurationOptions), [$"ConnectionStrings:Redis cannot be read: {e.Message}"]);
        }
    }
}
