using System.Text.Json.Nodes;

namespace BlueTechWave.Web.Api;

/// <summary>
/// One thing that can be asked: the one place that says so. Requests are answered, the cache is told what answers vary by, and
/// both documentations are made from it.
/// </summary>
/// <param name="Path">As OpenAPI and the router both write it.</param>
/// <param name="Id">Its name in programs made from the documentation.</param>
/// <param name="Item">What one thing of the answer is called.</param>
internal sealed record Operation(string Path, string Id, string Summary, string Says, string Item, IReadOnlyList<Field> Fields, IReadOnlyList<Parameter> Parameters, Func<ApiDesk, Task<Answer?>> AnswerAsync)
{
    public const string Root = "/api/v1";

    /// <summary>Whether it answers with a list.</summary>
    public bool IsList { get; init; } = true;

    /// <summary>Members of a list beside its items.</summary>
    public IReadOnlyList<(string Name, string Says, Func<JsonObject> Shape)> Around { get; init; } = [];
}
