using System.Data.Common;
using System.Globalization;
using Npgsql;

namespace BlueTechWave.Core.Data.Moving;

/// <summary>Rows of a store on a server.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection) : StoreRows(connection)
{
    public override async Task StandStillAsync(CancellationToken cancellation)
    {
        try
        {
            // Tables first: what is read is then as it was when nobody could write any more.
            await OneAsync($"BEGIN ISOLATION LEVEL REPEATABLE READ; SET LOCAL lock_timeout = 5000; LOCK TABLE {string.Join(", ", MovedTable.All.Select(t => Name(t.Name)))} IN SHARE MODE", cancellation);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new StoreBrokenException("Somebody is writing to this store: stop that first.");
        }
    }

    public override async Task LoadAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        try
        {
            await using var copy = await connection.BeginBinaryImportAsync($"COPY {Name(table.Name)} ({string.Join(", ", table.Columns.Select(c => Name(c.Name)))}) FROM STDIN (FORMAT binary)", cancellation);
            copy.Timeout = TimeSpan.Zero;
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                await copy.StartRowAsync(cancellation);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { } value) await copy.WriteAsync(value, table.Columns[i].ServerType, cancellation);
                    else await copy.WriteNullAsync(cancellation);
                }
            }

            await copy.CompleteAsync(cancellation);
        }
        catch (PostgresException e)
        {
            throw new StoreBrokenException($"{table.Name} cannot be loaded: {e.MessageText} ({e.Where}).");
        }
    }

    public override async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation)
    {
        Dictionary<string, long> counters = [];
        foreach (var table in MovedTable.All.Where(t => t.IsCounted))
            if (await OneAsync($"SELECT last_value FROM {await SequenceAsync(table, cancellation)} WHERE is_called", cancellation) is long last) counters[table.Name] = last;
        return counters;
    }

    public override async Task SetCountersAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation)
    {
        foreach (var table in MovedTable.All.Where(t => t.IsCounted))
        {
            var sequence = await SequenceAsync(table, cancellation);
            await OneAsync(string.Create(CultureInfo.InvariantCulture, $"""
                SELECT setval('{sequence}', last) FROM (
                  SELECT GREATEST({counters.GetValueOrDefault(table.Name)}, COALESCE(MAX("Id"), 0)) AS last FROM "{table.Name}") AS given WHERE last > 0
                """), cancellation);
        }
    }

    protected override object Value(DbDataReader reader, int column, Held held) => held switch
    {
        Held.Number => reader.GetInt32(column),
        Held.LongNumber => reader.GetInt64(column),
        Held.Real => reader.GetDouble(column),
        Held.Truth => reader.GetBoolean(column),
        Held.Text or Held.Json => reader.GetString(column),
        Held.Texts => reader.GetFieldValue<string[]>(column),
        Held.Moment => reader.GetDateTime(column),
        Held.Day => reader.GetFieldValue<DateOnly>(column),
        Held.Guid => reader.GetGuid(column),
        Held.Bytes => reader.GetFieldValue<byte[]>(column),
        _ => throw new NotSupportedException($"{held} cannot be read here."),
    };

    private async Task<string> SequenceAsync(MovedTable table, CancellationToken cancellation) =>
        (string)(await OneAsync($"""SELECT pg_get_serial_sequence('"{table.Name}"', 'Id')""", cancellation))!;
}
