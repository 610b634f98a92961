using Microsoft.Data.Sqlite;

namespace BlueTechWave.Core.Data;

/// <summary>
/// What a long piece of work writes down because it is too much to keep in its head: names, each with what is said of it, on
/// pages of their own. It is a file that nobody else sees and that goes with it; so memory does not grow with the work.
/// Several may write and look up at once.
/// </summary>
public sealed class Notebook : IDisposable
{
    private const int AtOnce = 500;

    private static readonly string[] Names = ["@page", "@name", "@said"];

    // Without a name SQLite keeps it in a file of the system's own that is gone as soon as it is closed, and in memory until it is large.
    private readonly SqliteConnection _file = new("Data Source=;Pooling=False");
    private readonly Lock _one = new();
    private readonly SqliteCommand _add, _set, _find, _from;

    public Notebook()
    {
        _file.Open();
        using var made = Command("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-2048; CREATE TABLE Notes (Id INTEGER PRIMARY KEY, Page TEXT, Name TEXT, Said TEXT); CREATE UNIQUE INDEX Names ON Notes (Page, Name)");
        made.ExecuteNonQuery();
        _add = Command("INSERT OR IGNORE INTO Notes (Page, Name, Said) VALUES (@page, @name, @said)");
        _set = Command("INSERT INTO Notes (Page, Name, Said) VALUES (@page, @name, @said) ON CONFLICT (Page, Name) DO UPDATE SET Said = @said");
        _find = Command("SELECT Said FROM Notes WHERE Page = @page AND Name = @name");
        _from = Command($"SELECT Id, Said FROM Notes WHERE Page = @page AND Id > @name ORDER BY Id LIMIT {AtOnce}");
    }

    /// <returns>False for a name that is on the page already; what is said of it stays.</returns>
    public bool Add(string page, string name, string said = "")
    {
        lock (_one) return Filled(_add, page, name, said).ExecuteNonQuery() == 1;
    }

    public void Set(string page, string name, string said)
    {
        lock (_one) Filled(_set, page, name, said).ExecuteNonQuery();
    }

    /// <summary>What is said of a name; null for one that is not on the page.</summary>
    public string? Find(string page, string name)
    {
        lock (_one) return (string?)Filled(_find, page, name).ExecuteScalar();
    }

    /// <summary>All that is said on a page, in the order in which it was written; one may go on writing meanwhile.</summary>
    public IEnumerable<string> All(string page)
    {
        var after = 0L;
        while (true)
        {
            var some = From(page, after);
            foreach (var (id, said) in some)
            {
                after = id;
                yield return said;
            }

            if (some.Count < AtOnce) yield break;
        }
    }

    public void Dispose()
    {
        foreach (var command in new[] { _add, _set, _find, _from }) command.Dispose();
        _file.Dispose();
    }

    private List<(long, string)> From(string page, long after)
    {
        List<(long, string)> some = [];
        lock (_one)
        {
            _from.Parameters[0].Value = page;
            _from.Parameters[1].Value = after;
            using var rows = _from.ExecuteReader();
            while (rows.Read()) some.Add((rows.GetInt64(0), rows.GetString(1)));
        }

        return some;
    }

    private static SqliteCommand Filled(SqliteCommand command, params ReadOnlySpan<string> values)
    {
        for (var i = 0; i < Math.Min(values.Length, command.Parameters.Count); i++) command.Parameters[i].Value = values[i];
        return command;
    }

    private SqliteCommand Command(string sql)
    {
        var command = _file.CreateCommand();
        command.CommandText = sql;
        foreach (var name in Names.Where(name => sql.Contains(name, StringComparison.Ordinal))) command.Parameters.AddWithValue(name, "");
        return command;
    }
}
