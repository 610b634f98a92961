using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace BlueTechWave.Core.Data;

/// <summary>
/// Keeps what a connection has read with prepared: to plan one of our queries takes SQLite longer than to answer it.
/// PostgreSQL's driver does the same by itself. How many rows are asked for is written into the text: as a parameter, SQLite takes
/// it for a reason to plan anew whenever it is given.
/// </summary>
public sealed partial class SqliteStatements : DbCommandInterceptor
{
    private const int KeptByOne = 48;

    private readonly ConditionalWeakTable<SqliteConnection, Dictionary<string, Statement>> _kept = [];

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result) =>
        Read(command) is { } reader ? InterceptionResult<DbDataReader>.SuppressWithResult(reader) : result;

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => new(ReaderExecuting(command, eventData, result));

    private SqliteDataReader? Read(DbCommand asked)
    {
        if (asked is not SqliteCommand { Connection: { } connection } command || !command.CommandText.StartsWith("SELECT", StringComparison.Ordinal)) return null;

        var text = Limit().Replace(command.CommandText, at => LimitOf(command, at.Groups[1].Value));
        var kept = _kept.GetOrCreateValue(connection);
        if (!kept.TryGetValue(text, out var statement))
        {
            if (kept.Count >= KeptByOne && !Forget(kept)) return null;
            kept[text] = statement = new(new SqliteCommand(text, connection));
        }

        return statement.Read(command);
    }

    [GeneratedRegex(@"\bLIMIT (@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex Limit();

    private static string LimitOf(SqliteCommand command, string name) =>
        command.Parameters.Contains(name) && command.Parameters[name].Value is int most ? string.Create(CultureInfo.InvariantCulture, $"LIMIT {most}") : $"LIMIT {name}";

    // Rather all anew now and then than a record of which was asked last.
    private static bool Forget(Dictionary<string, Statement> kept)
    {
        if (kept.Values.Any(s => s.IsBeingRead)) return false;
        foreach (var statement in kept.Values) statement.Dispose();
        kept.Clear();
        return true;
    }

    private sealed class Statement(SqliteCommand prepared) : IDisposable
    {
        private SqliteDataReader? _reader;

        public bool IsBeingRead => _reader is { IsClosed: false };

        public void Dispose() => prepared.Dispose();

        /// <summary>Null while an earlier answer to the same question is still being read.</summary>
        public SqliteDataReader? Read(SqliteCommand asked)
        {
            if (IsBeingRead) return null;

            prepared.Parameters.Clear();
            foreach (SqliteParameter parameter in asked.Parameters) prepared.Parameters.Add(parameter);
            prepared.Transaction = asked.Transaction;
            prepared.CommandTimeout = asked.CommandTimeout;
            prepared.Prepare();
            return _reader = prepared.ExecuteReader();
        }
    }
}
