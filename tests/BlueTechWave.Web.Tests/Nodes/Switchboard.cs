using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using BlueTechWave.Core.Data;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace BlueTechWave.Web.Tests.Nodes;

/// <summary>
/// Stands before the two nodes of a paper under test. Who sends something meets the one and the other by turns; who reads
/// afterwards meets the one that did not save it. Nobody is let in before both have heard what the other saved.
/// </summary>
internal sealed class Switchboard(string connection, Node first, Node second) : IDisposable
{
    /// <summary>The harness is neither node, so that both hear it.</summary>
    private const string Me = "switchboard";

    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(5);

    private readonly Node[] _nodes = [first, second];
    private readonly SemaphoreSlim _one = new(1);
    private readonly int[] _met = new int[2];
    private int _sent;
    private int _said;
    private volatile int _reads = 1;

    public IReadOnlyList<int> Met => _met;

    /// <summary>Whoever reads next meets the second.</summary>
    public void FirstHasSaved() => _reads = 1;

    public HttpMessageHandler Before(HttpMessageHandler line) => new Operator(this, line);

    public void Dispose() => _one.Dispose();

    private int NodeFor(HttpMethod method)
    {
        if (method == HttpMethod.Get || method == HttpMethod.Head) return _reads;
        // Second, first, first, second, …: the node that made the form as often as the other.
        var node = ((Interlocked.Increment(ref _sent) >> 1) & 1) ^ 1;
        _reads = node ^ 1;
        return node;
    }

    /// <summary>Until each has heard what the other saved, as is promised.</summary>
    private async Task SettleAsync()
    {
        await _one.WaitAsync();
        try
        {
            if (!_nodes[0].Commits.Take() & !_nodes[1].Commits.Take()) return;
            // Said after all that was saved, about a tag that there is not; heard when what each keeps under it is gone.
            var word = Notice.Tag(int.MaxValue - ++_said).ToString();
            var caches = Array.ConvertAll(_nodes, n => n.Services.GetRequiredService<IOutputCacheStore>());
            foreach (var cache in caches) await cache.SetAsync(Me, new byte[64], [word], TimeSpan.FromDays(1), CancellationToken.None);
            await SayAsync(word);
            var since = Stopwatch.StartNew();
            while (await caches[0].GetAsync(Me, CancellationToken.None) is not null || await caches[1].GetAsync(Me, CancellationToken.None) is not null)
            {
                Assert.True(since.Elapsed < Promised, "A node has not heard what the other saved.");
                await Task.Delay(1);
            }
        }
        catch (NpgsqlException)
        {
            // The store is away: nothing can be heard, and nothing is promised.
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task SayAsync(string word)
    {
        await using var line = new NpgsqlConnection(connection);
        await line.OpenAsync();
        await using var say = new NpgsqlCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_notify('btw_' || md5(current_schema()), '{Me} {word}')"), line);
        await say.ExecuteNonQueryAsync();
    }

    private sealed class Operator(Switchboard board, HttpMessageHandler line) : DelegatingHandler(line)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri is not { } asked || asked.Authority != board._nodes[0].Address.Authority) return await base.SendAsync(request, cancellationToken);

            await board.SettleAsync();
            var node = board.NodeFor(request.Method);
            Interlocked.Increment(ref board._met[node]);
            if (node == 1)
            {
                // As a proxy passes it on: the paper's name stays.
                request.Headers.Host ??= asked.Authority;
                request.RequestUri = new UriBuilder(asked) { Port = board._nodes[1].Address.Port }.Uri;
            }

            var answer = await base.SendAsync(request, cancellationToken);
            request.RequestUri = asked;
            await board.SettleAsync();
            return answer;
        }
    }
}

/// <summary>Whether a node has committed something lately.</summary>
internal sealed class Commits : DbTransactionInterceptor
{
    private int _some;

    public bool Take() => Interlocked.Exchange(ref _some, 0) == 1;

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _some, 1);
        return Task.CompletedTask;
    }
}
