using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueTechWave.Core.Exchange;
using BlueTechWave.Core.Exchange.Ghost;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>An export of the Harbour Gazette, as Ghost would write it: a paper that never was.</summary>
internal sealed partial class GhostFile(string version = "5.87.0", bool isWrapped = true)
{
    public const string Site = "https://harbour.example";
    public const string Mark = "__GHOST_URL__";

    private readonly Dictionary<string, JsonArray> _tables = new()
    {
        // Ghost writes tables in the order of their names, or in none: what names a post may stand before it or after.
        ["posts_tags"] = [],
        ["posts"] = [],
        ["posts_authors"] = [],
        ["posts_meta"] = [],
        ["settings"] = Rows(new { key = "title", value = "The Harbour Gazette" }, new { key = "db_hash", value = "0a1b" }),
        ["tags"] = Rows(new { id = "t1", name = "Tides & currents", slug = "tides", description = "What the sea does." }, new { id = "t2", name = "Cranes", slug = "cranes" }, new { id = "t9", name = "#long-read", slug = "hash-long-read", visibility = "internal" }),
        ["users"] = Rows(new { id = "u1", name = "Tove Lindqvist", slug = "tove", bio = "Writes of water.", email = "tove@harbour.example" }, new { id = "u2", name = "Ines Roca", slug = "ines" }),
    };

    public static string Text(string words) => Lexical(new { type = "paragraph", children = new[] { new { type = "extended-text", text = words, format = 0 } } });

    /// <summary>What the editor keeps of these blocks.</summary>
    public static string Lexical(params object[] blocks) => JsonSerializer.Serialize(new { root = new { type = "root", version = 1, children = blocks } });

    /// <summary>One of the articles; <paramref name="fields"/> are more of its columns, or others.</summary>
    public GhostFile Post(string id, string title, string? lexical = null, object? fields = null, string[]? tags = null, string[]? authors = null)
    {
        Row("posts", new { id, title, slug = Slug.From(title), lexical, type = "post", status = "published", visibility = "public", published_at = "2020-03-04T05:06:07.000Z", created_at = "2020-03-01T00:00:00.000Z", updated_at = "2020-03-04T05:06:07.000Z" }, fields);
        foreach (var (tag, i) in (tags ?? ["t1", "t9", "t2"]).Select((t, i) => (t, i))) Row("posts_tags", new { id = $"{id}{tag}", post_id = id, tag_id = tag, sort_order = i });
        foreach (var (author, i) in (authors ?? ["u2", "u1"]).Select((a, i) => (a, i))) Row("posts_authors", new { id = $"{id}{author}", post_id = id, author_id = author, sort_order = i });
        return this;
    }

    public GhostFile Page(string id, string title, string lexical, object? fields = null) => Post(id, title, lexical, Merged(new { type = "page" }, fields), tags: []);

    public GhostFile Row(string table, object row, object? more = null)
    {
        if (!_tables.TryGetValue(table, out var rows)) _tables[table] = rows = [];
        rows.Add(Merged(row, more));
        return this;
    }

    public override string ToString()
    {
        var export = new JsonObject { ["meta"] = new JsonObject { ["exported_on"] = 1583300000000, ["version"] = version }, ["data"] = new JsonObject(_tables.Select(t => KeyValuePair.Create(t.Key, (JsonNode?)t.Value.DeepClone()))) };
        return (isWrapped ? new JsonObject { ["db"] = new JsonArray(export) } : export).ToJsonString();
    }

    public static List<Incoming> Read(string export, string site = "") => Read(Encoding.UTF8.GetBytes(export), site);

    public static List<Incoming> Read(byte[] export, string site = "")
    {
        var ghost = new GhostExport(() => new MemoryStream(export), site);
        ghost.Survey();
        return [.. ghost.Read()];
    }

    private static JsonArray Rows(params object[] rows) => new([.. rows.Select(r => JsonSerializer.SerializeToNode(r))]);

    private static JsonObject Merged(object row, object? more)
    {
        var merged = (JsonObject)JsonSerializer.SerializeToNode(row)!;
        if (more is not null)
            foreach (var (name, value) in (JsonObject)JsonSerializer.SerializeToNode(more)!) merged[name] = value?.DeepClone();
        return merged;
    }
}
