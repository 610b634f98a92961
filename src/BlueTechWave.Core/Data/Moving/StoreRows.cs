using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace BlueTechWave.Core.Data.Moving;

/// <summary>
/// The rows of a store through one connection, in a form that both kinds of store share: whatever either reads, the other can
/// hold and reads back the same.
/// </summary>
internal abstract class StoreRows(DbConnection connection)
{
    protected DbConnection Connection => connection;

    /// <summary>From now until the connection is closed nobody can write to the store; everybody can read.</summary>
    /// <exception cref="StoreBrokenException">Somebody is writing.</exception>
    public abstract Task StandStillAsync(CancellationToken cancellation);

    public abstract Task LoadAsync(MovedTable table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation);

    /// <summary>The highest number that was ever given out, by table: it is not given out again, even if its row is gone.</summary>
    public abstract Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation);

    public abstract Task SetCountersAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation);

    public async Task<long> CountAsync(MovedTable table, CancellationToken cancellation) =>
        Convert.ToInt64(await OneAsync($"SELECT count(*) FROM {Name(table.Name)}", cancellation), System.Globalization.CultureInfo.InvariantCulture);

    public async IAsyncEnumerable<object?[]> ReadAsync(MovedTable table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = Command($"SELECT {string.Join(", ", table.Columns.Select(c => Name(c.Name)))} FROM {Name(table.Name)}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var row = new object?[table.Columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                if (reader.IsDBNull(i)) continue;
                try
                {
                    row[i] = Shared(Value(reader, i, table.Columns[i].Held), table.Columns[i]);
                }
                catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException or System.Text.Json.JsonException or StoreBrokenException)
                {
                    throw new StoreBrokenException($"{table.Name} {row[0] ?? "?"}: {table.Columns[i].Name} {(e is StoreBrokenException ? e.Message : $"cannot be read ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')})")}.");
                }
            }

            yield return row;
        }
    }

    protected abstract object Value(DbDataReader reader, int column, Held held);

    protected DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        // A paper of many years takes its time.
        command.CommandTimeout = 0;
        return command;
    }

    protected async Task<object?> OneAsync(string sql, CancellationToken cancellation)
    {
        await using var command = Command(sql);
        return await command.ExecuteScalarAsync(cancellation);
    }

    protected static string Name(string identifier) => $"\"{identifier}\"";

    private static object Shared(object value, MovedColumn column) => (column.Held, value) switch
    {
        (Held.Text, string text) => NoLonger(StorableTextConverter.Storable(text), column.Longest),
        (Held.Texts, string[] texts) => Array.ConvertAll(texts, StorableTextConverter.Storable),
        (Held.Json, string json) => InOrder(JsonNode.Parse(StorableTextConverter.Storable(json)))?.ToJsonString() ?? "null",
        (Held.Moment, DateTime moment) => new DateTime(moment.Ticks - moment.Ticks % 10, DateTimeKind.Utc),
        _ => value,
    };

    // SQLite does not count; the server would refuse the whole table.
    private static string NoLonger(string text, int? longest)
    {
        if (longest is { } most && text.Length > most && text.EnumerateRunes().Count() is var length && length > most) throw new StoreBrokenException($"has {length} characters, and {most} are kept: shorten it");
        return text;
    }

    // The server keeps an object's members in an order of its own.
    private static JsonNode? InOrder(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => KeyValuePair.Create(m.Key, InOrder(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(InOrder)]),
        _ => node?.DeepClone(),
    };
}
