using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace BlueTechWave.Core.Data;

/// <summary>
/// What those who serve one store tell each other: which notices their saves gave. What is said within a transaction is heard
/// after its commit or never, even if whoever saved is gone a moment later.
/// </summary>
public abstract class Newswire : IAsyncDisposable
{
    /// <summary>Waits until others have saved something.</summary>
    /// <exception cref="DbException">The line is cut: nobody knows what was said since.</exception>
    public abstract Task<IReadOnlyCollection<Notice>> HearAsync(CancellationToken cancellation = default);

    public abstract ValueTask DisposeAsync();
}

/// <summary>LISTEN and NOTIFY. Stores in other schemas of the same database have lines of their own.</summary>
internal sealed class PostgresWire : Newswire
{
    /// <summary>The server takes less than 8,000 bytes.</summary>
    private const int Longest = 7900;

    private readonly NpgsqlConnection _line;
    private readonly string _me;
    private readonly HashSet<Notice> _heard = [];

    private PostgresWire(NpgsqlConnection line, string me)
    {
        (_line, _me) = (line, me);
        _line.Notification += (_, said) => Note(said.Payload.Split(' '));
    }

    /// <param name="me">Who listens: does not hear itself.</param>
    public static async Task<Newswire> OpenAsync(string connection, string me, CancellationToken cancellation)
    {
        // A line that was cut without a word is found out by asking.
        var line = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connection) { Pooling = false, KeepAlive = 2, CommandTimeout = 5, Timeout = 5 }.ConnectionString);
        try
        {
            await line.OpenAsync(cancellation);
            await using var name = new NpgsqlCommand("SELECT 'btw_' || md5(current_schema())", line);
            await using var listen = new NpgsqlCommand($"LISTEN {await name.ExecuteScalarAsync(cancellation)}", line);
            await listen.ExecuteNonQueryAsync(cancellation);
            return new PostgresWire(line, me);
        }
        catch
        {
            await line.DisposeAsync();
            throw;
        }
    }

    public static Task TellAsync(NewsDbContext db, string me, IEnumerable<Notice> noticed)
    {
        var said = $"{me} {string.Join(' ', noticed)}";
        if (said.Length > Longest) said = $"{me} {Notice.Everything}";
        return db.Database.ExecuteSqlAsync($"SELECT pg_notify('btw_' || md5(current_schema()), {said})", CancellationToken.None);
    }

    public override async Task<IReadOnlyCollection<Notice>> HearAsync(CancellationToken cancellation = default)
    {
        while (_heard.Count == 0) await _line.WaitAsync(cancellation);
        Notice[] heard = [.. _heard];
        _heard.Clear();
        return heard;
    }

    public override ValueTask DisposeAsync() => _line.DisposeAsync();

    private void Note(string[] said)
    {
        if (said[0] == _me) return;
        // What a newer version says in words unknown here may be about anything.
        foreach (var word in said.Skip(1)) _heard.Add(Notice.Parse(word) ?? Notice.Everything);
    }
}
