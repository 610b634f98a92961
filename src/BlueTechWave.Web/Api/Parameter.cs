using System.Text.Json.Nodes;

namespace BlueTechWave.Web.Api;

/// <summary>Something that may be asked for behind the question mark.</summary>
/// <param name="Example">One that answers on a paper with the articles of the documentation; null where none makes sense alone.</param>
internal sealed record Parameter(string Name, string Says, Func<JsonObject> Shape, string? Example = null, bool IsRequired = false, bool IsInPath = false)
{
    public const int LimitUsual = 20;
    public const int LimitMost = 100;

    public static readonly Parameter Limit = new("limit", "How many at most.",
        () => new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = LimitMost, ["default"] = LimitUsual }, "3");

    public static readonly Parameter After = new("cursor", "Goes on where an answer ended: take it, or the whole address, from that answer’s next. It has no meaning of its own.", () => new() { ["type"] = "string" });

    public static readonly Parameter Fields = new("fields", "Names of fields, with commas between them: only these are answered, and only these are read.", () => new() { ["type"] = "string" });
}
