using System.Collections.Concurrent;
using BlueTechWave.Core.Api;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Api;

/// <summary>Which keys open, as the store said a moment ago. A revoked one is shut when its notice comes; before <see cref="KnownFor"/> is over, if none does.</summary>
public sealed class KnownKeys(TimeProvider clock)
{
    private const int KnownAtMost = 10_000;

    private static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (int Id, DateTime At)> _known = new();

    private long _forgotten;

    /// <summary>The key's number if it opened a moment ago; it need not be asked for again.</summary>
    public int? Recall(string hash) => _known.TryGetValue(hash, out var known) && clock.GetUtcNow().UtcDateTime - known.At < KnownFor ? known.Id : null;

    /// <summary>Whether it has ever opened here: then it is no guess.</summary>
    public bool Knows(string hash) => _known.ContainsKey(hash);

    public async Task<int?> FindAsync(NewsDbContext db, string hash, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var begun = Interlocked.Read(ref _forgotten);
        int? id;
        try
        {
            id = await db.ApiKeys.Where(k => k.Hash == hash && k.RevokedAt == null).Select(k => (int?)k.Id).FirstOrDefaultAsync(cancellation);
        }
        catch (Exception e) when (StoreTroubles.Of(e) is not null && _known.TryGetValue(hash, out var before))
        {
            // While nobody can say, what it opened before it opens still: nothing but what is public.
            return before.Id;
        }

        if (_known.Count >= KnownAtMost) _known.Clear();
        // What was read before a change is not remembered after it.
        if (id is { } found && Interlocked.Read(ref _forgotten) == begun) _known[hash] = (found, now);
        else _known.TryRemove(hash, out _);
        return id;
    }

    /// <summary>After one was revoked.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _known.Clear();
    }
}
