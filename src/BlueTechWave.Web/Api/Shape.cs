using System.Text.Json.Nodes;

namespace BlueTechWave.Web.Api;

/// <summary>What a value looks like, in the words of JSON Schema (2020-12), as OpenAPI 3.1 has them.</summary>
internal static class Shape
{
    public static JsonObject Text(string example) => new() { ["type"] = "string", ["examples"] = new JsonArray(example) };

    public static JsonObject Whole(int example, int least = 0) => new() { ["type"] = "integer", ["minimum"] = least, ["examples"] = new JsonArray(example) };

    public static JsonObject Yes() => new() { ["type"] = "boolean" };

    /// <summary>RFC 3339, in UTC.</summary>
    public static JsonObject Moment(string example = "2024-09-25T09:30:00Z") => new() { ["type"] = "string", ["format"] = "date-time", ["examples"] = new JsonArray(example) };

    public static JsonObject Address(string example) => new() { ["type"] = "string", ["format"] = "uri", ["examples"] = new JsonArray(example) };

    public static JsonObject OneOf(params ReadOnlySpan<string> words) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. words.ToArray().Select(w => JsonValue.Create(w))]) };

    public static JsonObject List(JsonObject of) => new() { ["type"] = "array", ["items"] = of };

    public static JsonObject OrNothing(JsonObject shape)
    {
        shape["type"] = new JsonArray(shape["type"]!.GetValue<string>(), "null");
        return shape;
    }

    /// <summary>An object that has all of these, and nothing else.</summary>
    public static JsonObject Of(params (string Name, JsonObject Shape)[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)m.Shape))),
        ["required"] = new JsonArray([.. members.Select(m => JsonValue.Create(m.Name))]),
        ["additionalProperties"] = false,
    };

    /// <summary>One of those under components.</summary>
    public static JsonObject Ref(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };
}
