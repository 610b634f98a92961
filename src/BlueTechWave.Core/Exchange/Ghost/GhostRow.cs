using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using BlueTechWave.Core.Exchange.Wordpress;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>A row as its fields. What is not there, or is of another kind, is empty.</summary>
internal sealed partial class GhostRow(JsonElement fields)
{
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 500 };

    public string this[string name] => fields.Text(name);

    public bool Is(string name) => this[name] is "true" or "1";

    /// <summary>By the name that articles, authors and tags are given in every version.</summary>
    public string Id => this["id"].Trim() is { Length: > 0 } id ? id : this["uuid"].Trim();

    /// <summary>Null for what is no JSON.</summary>
    public static GhostRow? Of(byte[] json) => Parse(json) is { ValueKind: JsonValueKind.Object } fields ? new(fields) : null;

    /// <summary>JSON that stands in a field; null for what is none.</summary>
    public static JsonElement? Parse(string json) => json.Length == 0 ? null : Parse(Encoding.UTF8.GetBytes(json));

    private static JsonElement? Parse(byte[] json)
    {
        // Mended before it is read: a reader of JSON refuses raw control characters at once, and half characters only once they are asked for.
        if (!Utf8.IsValid(json) || json.AsSpan().IndexOfAnyInRange((byte)0, (byte)0x1F) >= 0 || json.AsSpan().IndexOf("\\ud"u8) >= 0 || json.AsSpan().IndexOf("\\uD"u8) >= 0) json = Mended(json);
        try
        {
            using var document = JsonDocument.Parse(json, Lenient);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Mended(byte[] json)
    {
        var text = new StringBuilder(ExportText.Mixed.GetString(json));
        for (var i = 0; i < text.Length; i++)
            if (text[i] < ' ') text[i] = ' ';
        return Encoding.UTF8.GetBytes(Half().Replace(text.ToString(), found => found.Groups["half"].Success ? "\\uFFFD" : found.Value));
    }

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.", RegexOptions.Singleline)]
    private static partial Regex Half();
}

/// <summary>JSON read as one reads a letter: what is missing is empty.</summary>
internal static class LooseJson
{
    extension(JsonElement element)
    {
        public string Text(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.Text() : "";

        public string Text() => element.ValueKind switch
        {
            JsonValueKind.String => element.GetString() ?? "",
            JsonValueKind.Number => element.GetRawText(),
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => "",
        };

        public int Number(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.Number() : 0;

        public int Number() => element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var number) ? number : 0;

        public IReadOnlyList<JsonElement> Items(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.Items() : [];

        public IReadOnlyList<JsonElement> Items() => element.ValueKind == JsonValueKind.Array ? [.. element.EnumerateArray()] : [];

        /// <summary>One of a list's; nothing where the list is shorter.</summary>
        public JsonElement At(int index) => element.ValueKind == JsonValueKind.Array && index >= 0 && index < element.GetArrayLength() ? element[index] : default;

        public JsonElement Part(string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;
    }
}
