using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BlueTechWave.Core.Data.Moving;

/// <summary>What a column holds, whichever store holds it.</summary>
internal enum Held
{
    Number,
    LongNumber,
    Real,
    Truth,
    Text,
    Texts,
    Json,
    Moment,
    Day,
    Guid,
    Bytes,
}

/// <param name="Longest">How many characters the server keeps of it; null if it does not count.</param>
/// <param name="ServerType">As the server calls it.</param>
internal sealed record MovedColumn(string Name, Held Held, int? Longest, string ServerType);

/// <summary>
/// A table of the model and its columns: the same in both stores. Read from the model, so that nothing that is stored can be
/// forgotten; of what it does not name, search is derived, and migrations look after themselves.
/// </summary>
internal sealed record MovedTable(string Name, IReadOnlyList<MovedColumn> Columns, bool IsCounted)
{
    /// <summary>Rows here are the migrations' own: a store that has no others is empty.</summary>
    public static readonly IReadOnlySet<string> FilledFromTheStart = new HashSet<string> { "CommentSettings", "Settings" };

    public static IReadOnlyList<MovedTable> All { get; } = Read();

    private static List<MovedTable> Read()
    {
        // Only its model is asked for: it connects to nothing.
        using var server = new PostgresNewsDbContext(new DbContextOptionsBuilder<PostgresNewsDbContext>().UseNpgsql("Host=none").Options);
        return [.. server.Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal).Select(Of)];
    }

    // What says which row it is comes first.
    private static MovedTable Of(ITable table) => new(table.Name, [.. table.PrimaryKey!.Columns.Union(table.Columns).Select(Of)],
        table.Columns.Any(c => c.Name == "Id" && c.PropertyMappings.Any(m => m.Property.ValueGenerated == ValueGenerated.OnAdd)));

    private static MovedColumn Of(IColumn column)
    {
        var (type, longest) = column.StoreType.Split('(') is [var name, var size] ? (name, (int?)int.Parse(size.TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture)) : (column.StoreType, null);
        return new(column.Name, type switch
        {
            "integer" => Held.Number,
            "bigint" => Held.LongNumber,
            "double precision" => Held.Real,
            "boolean" => Held.Truth,
            "text" or "character varying" => Held.Text,
            "text[]" => Held.Texts,
            "jsonb" => Held.Json,
            "timestamp with time zone" => Held.Moment,
            "date" => Held.Day,
            "uuid" => Held.Guid,
            "bytea" => Held.Bytes,
            _ => throw new NotSupportedException($"How a {type} moves ({column.Table.Name}.{column.Name}) is not written yet."),
        }, longest, type);
    }
}
