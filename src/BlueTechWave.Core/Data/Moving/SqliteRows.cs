using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace BlueTechWave.Core.Data.Moving;

/// <summary>Rows of a store in one file.</summary>
internal sealed class SqliteRows(SqliteConnection connection) : StoreRows(connection)
{
    private const int Patience = 5;

    public override async Task StandStillAsync(CancellationToken cancellation)
    {
        await using var begin = Command("BEGIN IMMEDIATE");
        // So long its driver asks again and again.
        begin.CommandTimeout = Patience;
        try
        {
            await begin.ExecuteNonQueryAsync(cancellation);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == SQLitePCL.raw.SQLITE_BUSY)
        {
            throw new StoreBrokenException("Somebody is writing to this store: stop that first.");
        }
    }

    public override async Task LoadAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        await using var insert = (SqliteCommand)Command(
            $"INSERT INTO {Name(table.Name)} ({string.Join(", ", table.Columns.Select(c => Name(c.Name)))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@{i}"))})");
        for (var i = 0; i < table.Columns.Count; i++) insert.Parameters.Add(new SqliteParameter { ParameterName = $"@{i}" });
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            for (var i = 0; i < row.Length; i++) insert.Parameters[i].Value = row[i] is string[] texts ? JsonSerializer.Serialize(texts) : row[i] ?? DBNull.Value;
            await insert.ExecuteNonQueryAsync(cancellation);
        }
    }

    public override async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation)
    {
        await using var command = Command("SELECT name, seq FROM sqlite_sequence");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        Dictionary<string, long> counters = [];
        while (await reader.ReadAsync(cancellation)) counters[reader.GetString(0)] = reader.GetInt64(1);
        return counters;
    }

    public override async Task SetCountersAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation)
    {
        foreach (var table in MovedTable.All.Where(t => t.IsCounted))
            await OneAsync(string.Create(CultureInfo.InvariantCulture, $"""
                DELETE FROM sqlite_sequence WHERE name = '{table.Name}';
                INSERT INTO sqlite_sequence (name, seq) SELECT '{table.Name}', last FROM (
                  SELECT MAX({counters.GetValueOrDefault(table.Name)}, COALESCE(MAX("Id"), 0)) AS last FROM "{table.Name}") WHERE last > 0
                """), cancellation);
    }

    protected override object Value(DbDataReader reader, int column, Held held) => held switch
    {
        Held.Number => reader.GetInt32(column),
        Held.LongNumber => reader.GetInt64(column),
        Held.Real => reader.GetDouble(column),
        Held.Truth => reader.GetInt64(column) != 0,
        // Its driver's text ends at the first NUL; the bytes have all of it.
        Held.Text or Held.Json => Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(column)),
        Held.Texts => JsonSerializer.Deserialize<string[]>(reader.GetString(column))!,
        Held.Moment => reader.GetDateTime(column),
        Held.Day => reader.GetFieldValue<DateOnly>(column),
        Held.Guid => reader.GetGuid(column),
        Held.Bytes => reader.GetFieldValue<byte[]>(column),
        _ => throw new NotSupportedException($"{held} cannot be read here."),
    };
}
