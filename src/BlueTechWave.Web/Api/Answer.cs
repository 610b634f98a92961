using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace BlueTechWave.Web.Api;

/// <summary>What is answered: one thing, or some of a list and where it goes on.</summary>
internal abstract class Answer
{
    // Never printed inside a page, so markup need not be escaped a second time.
    private static readonly JsonSerializerOptions Plain = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonWriterOptions Writer = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="next">Null at the end.</param>
    /// <param name="around">Members beside the items.</param>
    public static Answer Of<T>(IReadOnlyList<Field<T>> fields, IEnumerable<T> items, Cursor? next, params (string Name, object? Value)[] around) => new Some<T>(fields, items, next, around);

    public static Answer Of<T>(IReadOnlyList<Field<T>> fields, T item) => new One<T>(fields, item);

    public async Task WriteAsync(ApiDesk desk)
    {
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, Writer)) Write(json, desk);
        desk.Http.Response.ContentType = "application/json; charset=utf-8";
        buffer.Position = 0;
        await buffer.CopyToAsync(desk.Http.Response.Body, desk.Cancellation);
    }

    protected abstract void Write(Utf8JsonWriter json, ApiDesk desk);

    private static void Write<T>(Utf8JsonWriter json, IReadOnlyList<Field<T>> fields, T item)
    {
        json.WriteStartObject();
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            JsonSerializer.Serialize(json, field.Of(item), Plain);
        }

        json.WriteEndObject();
    }

    private sealed class One<T>(IReadOnlyList<Field<T>> fields, T item) : Answer
    {
        protected override void Write(Utf8JsonWriter json, ApiDesk desk) => Write(json, fields, item);
    }

    private sealed class Some<T>(IReadOnlyList<Field<T>> fields, IEnumerable<T> items, Cursor? next, (string Name, object? Value)[] around) : Answer
    {
        protected override void Write(Utf8JsonWriter json, ApiDesk desk)
        {
            json.WriteStartObject();
            json.WriteStartArray("items");
            foreach (var item in items) Write(json, fields, item);
            json.WriteEndArray();
            foreach (var (name, value) in around)
            {
                json.WritePropertyName(name);
                JsonSerializer.Serialize(json, value, Plain);
            }

            var address = next is { } cursor ? Next(desk, cursor) : null;
            if (address is not null) desk.Http.Response.Headers.Link = $"<{address}>; rel=\"next\"";
            json.WriteString("next", address);
            json.WriteEndObject();
        }

        /// <summary>The same question, from there on: of what was asked, only what we know goes back.</summary>
        private static string Next(ApiDesk desk, Cursor cursor)
        {
            var operation = desk.Http.GetEndpoint()!.Metadata.GetRequiredMetadata<Operation>();
            var asked = operation.Parameters.Where(p => !p.IsInPath && p != Parameter.After)
                .Select(p => KeyValuePair.Create(p.Name, desk.Asked(p))).Where(p => p.Value is not null)
                .Append(KeyValuePair.Create(Parameter.After.Name, (string?)cursor.ToString()));
            return QueryHelpers.AddQueryString(desk.Whole(desk.Http.Request.Path.Value!), asked);
        }
    }
}
