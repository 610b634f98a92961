using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace BlueTechWave.Core.Data;

/// <summary>
/// One place sets the pragmas: a write-ahead log so that readers never wait for a writer, flushed at every commit so that
/// an acknowledged save survives a power cut. The connection stays open as long as its context, which is used again and
/// again: this is done once for each, and the statements it has prepared (<see cref="SqliteStatements"/>) serve once more.
/// A file that was there and is gone is asked nothing: what is still open would answer, and take saves that nobody finds again.
/// </summary>
/// <param name="spills">What only passes through goes to the disk: one long trial would have all it may take back in memory.</param>
public sealed class SqliteConnectionSetup(bool spills = false) : DbConnectionInterceptor
{
    private const string Pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-1024;";

    /// <summary>So many seconds a save waits for another to end, unless the connection says otherwise: longer nobody looks at a page that does not come.</summary>
    private const int Patience = 10;

    private const int LongestSleep = 5;

    private bool _wasThere;

    public override InterceptionResult<DbConnection> ConnectionCreating(ConnectionCreatingEventData eventData, InterceptionResult<DbConnection> result) =>
        InterceptionResult<DbConnection>.SuppressWithResult(new Staying(RelationalOptionsExtension.Extract(eventData.Context!.GetService<IDbContextOptions>()).ConnectionString!, this));

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (IsForReading(connection)) return;
        using var command = connection.CreateCommand();
        command.CommandText = PragmasOf(connection);
        command.ExecuteNonQuery();
        _wasThere = true;
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (IsForReading(connection)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = PragmasOf(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
        _wasThere = true;
    }

    private string PragmasOf(DbConnection connection) => FormattableString.Invariant($"PRAGMA busy_timeout={1000 * Math.Clamp(connection is SqliteConnection { DefaultTimeout: var most } ? most : Patience, 1, LongestSleep)}; PRAGMA temp_store={(spills ? "FILE" : "MEMORY")}; {Pragmas}");

    // EF looks for the file this way; a store restored from a copy may not be in the mode yet, and cannot be set to it then.
    private static bool IsForReading(DbConnection connection) =>
        new SqliteConnectionStringBuilder(connection.ConnectionString).Mode == SqliteOpenMode.ReadOnly;

    /// <summary>Closed with the context that has it, not after each question.</summary>
    private sealed class Staying : SqliteConnection
    {
        private readonly SqliteConnectionSetup _setup;
        private readonly string? _file;
        private readonly string? _again;
        private bool _goes;

        public Staying(string connection, SqliteConnectionSetup setup)
            : base(connection)
        {
            _setup = setup;
            var said = new SqliteConnectionStringBuilder(connection);
            _file = said.Mode == SqliteOpenMode.Memory || said.DataSource is "" or [':' or '|', ..] || said.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase) ? null : Path.GetFullPath(said.DataSource);
            if (_file is not null && said.Mode == SqliteOpenMode.ReadWriteCreate) _again = new SqliteConnectionStringBuilder(connection) { Mode = SqliteOpenMode.ReadWrite }.ConnectionString;
            if (!said.ShouldSerialize("Default Timeout")) DefaultTimeout = Patience;
        }

        /// <summary>An empty file is made once, for a paper that begins; never in the place of one that is gone.</summary>
        public override void Open()
        {
            if (_setup._wasThere && _again is not null) ConnectionString = _again;
            base.Open();
        }

        public override SqliteCommand CreateCommand()
        {
            MustBeThere();
            return base.CreateCommand();
        }

        public override void Close()
        {
            if (_goes) base.Close();
        }

        protected override void Dispose(bool disposing)
        {
            _goes = true;
            base.Dispose(disposing);
        }

        private void MustBeThere()
        {
            if (!_goes && _setup._wasThere && _file is not null && !File.Exists(_file)) throw new SqliteException($"The store’s file {_file} is gone.", SQLitePCL.raw.SQLITE_CANTOPEN);
        }
    }
}
