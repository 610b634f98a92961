using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Web.Tests;

/// <summary>One statement that the site sent to its store, as it was sent.</summary>
public sealed record Query(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>Listens to what the site asks its store, and can step in between.</summary>
public sealed class Queries : DbCommandInterceptor
{
    private readonly Lock _lock = new();
    private readonly List<Query> _heard = [];
    private (Func<string, bool> Matches, Func<Task> Act)? _interruption;

    /// <summary>What the site asks while <paramref name="happens"/>.</summary>
    public async Task<IReadOnlyList<Query>> OfAsync(Func<Task> happens)
    {
        lock (_lock) _heard.Clear();
        await happens();
        lock (_lock) return [.. _heard];
    }

    /// <summary>Once: lets <paramref name="act"/> happen after the first statement that matches has been answered and before its rows are used.</summary>
    public void InterruptAfter(Func<string, bool> matches, Func<Task> act)
    {
        lock (_lock) _interruption = (matches, act);
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        throw new InvalidOperationException($"A query that blocks its thread: {command.CommandText}");

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Hear(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Hear(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Hear(command);
        return new(result);
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Func<Task>? act = null;
        lock (_lock)
        {
            if (_interruption is { } waiting && waiting.Matches(command.CommandText))
            {
                act = waiting.Act;
                _interruption = null;
            }
        }

        try
        {
            if (act is not null) await act();
        }
        catch
        {
            // Nobody else closes it: left open, it would hold what its connection sees in the past, and writing there fails.
            await result.DisposeAsync();
            throw;
        }

        return result;
    }

    private void Hear(DbCommand command)
    {
        Query query = new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]);
        lock (_lock) _heard.Add(query);
    }
}

/// <summary>How SQLite goes about a query.</summary>
internal static partial class QueryPlan
{
    /// <summary>The tables that the plan walks whole, by their names.</summary>
    public static async Task<IReadOnlyList<string>> ScansAsync(string connection, Query query) =>
        [.. (await StepsAsync(connection, query)).Select(step => Scan().Match(step)).Where(scan => scan.Success).Select(scan => scan.Groups["what"].Value)];

    /// <summary>The plan, step by step, with each table's name for its alias.</summary>
    public static async Task<IReadOnlyList<string>> StepsAsync(string connection, Query query)
    {
        await using var store = new SqliteConnection(connection);
        await store.OpenAsync();
        await using var explain = store.CreateCommand();
        explain.CommandText = "EXPLAIN QUERY PLAN " + query.Sql;
        foreach (var (name, value) in query.Parameters) explain.Parameters.AddWithValue(name, value ?? DBNull.Value);

        var tables = Aliases().Matches(query.Sql).GroupBy(m => m.Groups["alias"].Value).ToDictionary(g => g.Key, g => g.First().Groups["table"].Value);
        var steps = new List<string>();
        await using var plan = await explain.ExecuteReaderAsync();
        while (await plan.ReadAsync())
            steps.Add(Walk().Replace(plan.GetString(3), m => $"{m.Groups["how"].Value} {tables.GetValueOrDefault(m.Groups["what"].Value, m.Groups["what"].Value)}"));
        return steps;
    }

    [GeneratedRegex("""
        (?:FROM|JOIN)\s+"(?<table>\w+)"\s+(?:AS\s+)?"?(?<alias>\w+)"?
        """)]
    private static partial Regex Aliases();

    [GeneratedRegex(@"^(?<how>SCAN|SEARCH) (?<what>\w+)")]
    private static partial Regex Walk();

    // A virtual table is entered through its own index.
    [GeneratedRegex(@"^SCAN (?<what>\w+)(?!.*VIRTUAL TABLE)")]
    private static partial Regex Scan();
}
