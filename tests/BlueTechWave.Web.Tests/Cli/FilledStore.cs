using System.Data.Common;
using BlueTechWave.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>A store with something in every column of every table, whatever the model has come to be. It makes no sense, and all of it fits.</summary>
internal static class FilledStore
{
    /// <summary>Rows of a table; in the last, all that may be absent is.</summary>
    private const int Rows = 3;

    public static async Task FillAsync(Store store, string connection)
    {
        await using var db = StorePlace.Of(store.ToString(), connection).Open();
        await db.Database.OpenConnectionAsync();
        // Rows come in any order; at the end they belong together.
        await db.Database.ExecuteSqlRawAsync(store == Store.Sqlite ? "PRAGMA foreign_keys=OFF" : "SET session_replication_role = replica");
        foreach (var table in db.Model.GetRelationalModel().Tables)
        {
            var empty = $"DELETE FROM \"{table.Name}\"";
            await db.Database.ExecuteSqlRawAsync(empty);
            for (var n = 1; n <= Rows; n++)
            {
                await using var insert = db.Database.GetDbConnection().CreateCommand();
                insert.CommandText = $"INSERT INTO \"{table.Name}\" ({Names(table)}) VALUES ({string.Join(", ", table.Columns.Select((c, i) => c.StoreType == "jsonb" ? $"@p{i}::jsonb" : $"@p{i}"))})";
                foreach (var (i, column) in table.Columns.Index())
                {
                    var parameter = insert.CreateParameter();
                    (parameter.ParameterName, parameter.Value) = ($"p{i}", Value(column, n) ?? DBNull.Value);
                    insert.Parameters.Add(parameter);
                }

                await insert.ExecuteNonQueryAsync();
            }
        }
    }

    /// <summary>Every row as it is read, table by table: the values that were put there, by their own types.</summary>
    public static async Task<List<string>> ReadAsync(Store store, string connection)
    {
        List<string> rows = [];
        await using var db = StorePlace.Of(store.ToString(), connection).Open();
        await db.Database.OpenConnectionAsync();
        foreach (var table in db.Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            await using var ask = db.Database.GetDbConnection().CreateCommand();
            ask.CommandText = $"SELECT {Names(table)} FROM \"{table.Name}\"";
            await using var reader = await ask.ExecuteReaderAsync();
            List<string> found = [];
            while (await reader.ReadAsync()) found.Add($"{table.Name}: {string.Join(" | ", table.Columns.Select((c, i) => $"{c.Name} {(reader.IsDBNull(i) ? "–" : Said(reader, i, c))}").Order(StringComparer.Ordinal))}");
            rows.AddRange(found.Order(StringComparer.Ordinal));
        }

        return rows;
    }

    public static int Expected(NewsDbContext db) => db.Model.GetRelationalModel().Tables.Count() * Rows;

    private static object? Value(IColumn column, int n)
    {
        var isKey = column.Table.PrimaryKey!.Columns.Contains(column);
        if (isKey || column.Table.ForeignKeyConstraints.Any(f => f.Columns.Contains(column)))
            return Type(column) == typeof(int) ? column.IsNullable && n == Rows ? null : n : Plain(column, n);
        return column.IsNullable && n == Rows ? null : Plain(column, n);
    }

    private static object Plain(IColumn column, int n)
    {
        if (IsJson(column)) return $$"""{"B": {{n}}, "a": "é 🚢 \"{{n}}\"", "list": [1, 2.50, null]}""";
        var type = Type(column);
        if (type == typeof(int)) return 7 * n;
        if (type == typeof(long)) return long.MaxValue - n;
        if (type == typeof(bool)) return n != 2;
        if (type == typeof(double)) return n / 3.0;
        if (type == typeof(DateTime)) return DateTime.SpecifyKind(new DateTime(2024, 9, 25, 9, 30, n).AddMicroseconds(123456), DateTimeKind.Utc);
        if (type == typeof(DateOnly)) return new DateOnly(2024, 2, 28).AddDays(n);
        if (type == typeof(Guid)) return new Guid(n, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11]);
        if (type == typeof(byte[])) return new byte[] { 0, 255, (byte)n };
        if (type != typeof(string)) return column.StoreType == "TEXT" ? $"[\"“{n}”\",\"\"]" : new List<string> { $"“{n}”", "" };
        var longest = column.PropertyMappings[0].Property.GetMaxLength() ?? 5000;
        // As long as may be, with a ship that takes two of .NET's characters and four bytes.
        return $"{n}{(longest > 4 ? "é🚢" : "")}'\"\\\n".PadRight(longest, 'x')[..longest];
    }

    private static string Said(DbDataReader reader, int i, IColumn column)
    {
        if (IsJson(column)) return Said(System.Text.Json.JsonDocument.Parse(reader.GetString(i)).RootElement);
        var type = Type(column);
        if (type == typeof(int)) return $"{reader.GetInt32(i)}";
        if (type == typeof(long)) return $"{reader.GetInt64(i)}";
        if (type == typeof(bool)) return $"{reader.GetBoolean(i)}";
        if (type == typeof(double)) return $"{reader.GetDouble(i):R}";
        if (type == typeof(DateTime)) return $"{DateTime.SpecifyKind(reader.GetDateTime(i), DateTimeKind.Utc):O}";
        if (type == typeof(DateOnly)) return $"{reader.GetFieldValue<DateOnly>(i):O}";
        if (type == typeof(Guid)) return $"{reader.GetGuid(i)}";
        if (type == typeof(byte[])) return Convert.ToHexString(reader.GetFieldValue<byte[]>(i));
        if (type != typeof(string)) return string.Join("; ", column.StoreType == "TEXT" ? System.Text.Json.JsonSerializer.Deserialize<string[]>(reader.GetString(i))! : reader.GetFieldValue<string[]>(i));
        return reader.GetString(i);
    }

    /// <summary>Whatever the order of members and the way they are written.</summary>
    private static string Said(System.Text.Json.JsonElement json) => json.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => $"{{{string.Join(", ", json.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"{m.Name} = {Said(m.Value)}"))}}}",
        System.Text.Json.JsonValueKind.Array => $"[{string.Join(", ", json.EnumerateArray().Select(Said))}]",
        System.Text.Json.JsonValueKind.String => $"“{json.GetString()}”",
        _ => json.GetRawText(),
    };

    private static string Names(ITable table) => string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""));

    /// <summary>As the store's driver takes it.</summary>
    private static Type Type(IColumn column)
    {
        var property = column.PropertyMappings[0].Property;
        var type = property.GetTypeMapping().Converter is { } converter && !property.IsPrimitiveCollection ? converter.ProviderClrType : property.ClrType;
        return Nullable.GetUnderlyingType(type) ?? type;
    }

    private static bool IsJson(IColumn column) => column.PropertyMappings.Count == 0;
}
