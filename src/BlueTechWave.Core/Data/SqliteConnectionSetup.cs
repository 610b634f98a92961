using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace BlueTechWave.Core.Data;

/// <summary>
/// One place sets the pragmas: a write-ahead log so that readers never wait for a writer, flushed at every commit so that
/// an acknowledged save survives a power cut. The connection stays open as long as its context, which is used again and
/// again: this is done once for each, and the statements it has prepared (<see cref="SqliteStatements"/>) serve once more.
/// </summary>
public sealed class SqliteConnectionSetup : DbConnectionInterceptor
{
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-1024;";

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new Staying(RelationalOptionsExtension.Extract(eventData.Context!.GetService<IDbContextOptions>()).ConnectionString!));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsForReading(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsForReading(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = Pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // EF looks for the file this way; a store restored from a copy may not be in the mode yet, and cannot be set to it then.
    private static bool IsForReading(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;

    /// <summary>Closed with the context that has it, not after each question.</summary>
    private sealed class Staying(string connection) : SqliteConnection(connection)
    {
        private bool _goes;

        public override void Close()
        {
            if (_goes) base.Close();
        }

        protected override void Dispose(bool disposing)
        {
            _goes = true;
            base.Dispose(disposing);
        }
    }
}
