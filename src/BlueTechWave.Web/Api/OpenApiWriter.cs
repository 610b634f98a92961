using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;

namespace BlueTechWave.Web.Api;

/// <summary>
/// What can be asked, as OpenAPI 3.1, for programs that make programs. Made from the very table that answers requests, so that
/// neither can say what the other does not do.
/// </summary>
internal static class OpenApiWriter
{
    private const string Json = "application/json";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, WriteIndented = true };

    public static string Write(string siteName, SiteAddress address, RateLimitOptions limits) => new JsonObject
    {
        ["openapi"] = "3.1.1",
        ["info"] = new JsonObject
        {
            ["title"] = $"{siteName}: reading by program",
            ["version"] = "1",
            ["summary"] = "Everything that is public, as JSON.",
            ["description"] = $"GET and HEAD, from anywhere, a browser on another site included. {limits.ApiPerMinute} requests a minute from one network address, {limits.ApiKeyPerMinute} with a key. Answers have an ETag; send it back as If-None-Match, and what has not changed is 304. Version 1 may grow by parameters and fields; nothing in it goes or changes its meaning.",
        },
        ["servers"] = new JsonArray(new JsonObject { ["url"] = address.Root }),
        ["externalDocs"] = new JsonObject { ["url"] = address.Of(To.Api), ["description"] = "The same for people" },
        ["security"] = new JsonArray(new JsonObject(), new JsonObject { ["key"] = new JsonArray() }),
        ["paths"] = new JsonObject(Operations.All.Select(o => KeyValuePair.Create(o.Path, (JsonNode?)new JsonObject { ["get"] = Get(o) }))),
        ["components"] = new JsonObject
        {
            ["schemas"] = Schemas(),
            ["responses"] = new JsonObject(ProblemType.All.Select(p => KeyValuePair.Create(p.Name, (JsonNode?)Response(p)))),
            ["headers"] = new JsonObject
            {
                ["ETag"] = Header("Changes with every byte of the answer."),
                ["Link"] = Header("Where the list goes on, rel=\"next\"."),
                ["RateLimit"] = Header("Which limit holds, requests left in this minute (r), and seconds until the next (t)."),
                ["Retry-After"] = Header("Seconds to wait."),
            },
            ["securitySchemes"] = new JsonObject
            {
                ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "Optional: lets you ask more often. It begins with btw_." },
            },
        },
    }.ToJsonString(Plain);

    private static JsonObject Get(Operation operation)
    {
        var headers = new JsonObject { ["ETag"] = HeaderRef("ETag"), ["RateLimit"] = HeaderRef("RateLimit") };
        if (operation.IsList) headers["Link"] = HeaderRef("Link");
        var responses = new JsonObject
        {
            ["200"] = new JsonObject { ["description"] = operation.Summary, ["headers"] = headers, ["content"] = new JsonObject { [Json] = new JsonObject { ["schema"] = Shape.Ref(operation.IsList ? $"{operation.Item}List" : operation.Item) } } },
            ["304"] = new JsonObject { ["description"] = "What you have is what there is." },
        };
        foreach (var problem in ProblemType.All.Where(p => p != ProblemType.BadMethod && (p != ProblemType.NotFound || !operation.IsList)))
            responses[$"{problem.Status}"] = new JsonObject { ["$ref"] = $"#/components/responses/{problem.Name}" };

        return new()
        {
            ["operationId"] = operation.Id,
            ["summary"] = operation.Summary,
            ["description"] = operation.Says,
            ["parameters"] = new JsonArray([.. operation.Parameters.Select(p => Of(p, operation))]),
            ["responses"] = responses,
        };
    }

    private static JsonObject Of(Parameter parameter, Operation operation)
    {
        var schema = parameter.Shape();
        var says = parameter.Says;
        if (parameter == Parameter.Fields)
        {
            says += $" Names: {string.Join(", ", operation.Fields.Select(f => f.Name))}.";
            if (operation.Fields.Any(f => !f.IsUsual) && operation.IsList) says += $" Left out, all but {string.Join(", ", operation.Fields.Where(f => !f.IsUsual).Select(f => f.Name))}.";
        }

        var written = new JsonObject { ["name"] = parameter.Name, ["in"] = parameter.IsInPath ? "path" : "query", ["description"] = says, ["required"] = parameter.IsRequired, ["schema"] = schema };
        if (parameter == Parameter.Fields) written["example"] = string.Join(',', operation.Fields.Take(3).Select(f => f.Name));
        else if (parameter.Example is { } example) written["example"] = schema["type"]!.GetValue<string>() == "integer" ? int.Parse(example, System.Globalization.CultureInfo.InvariantCulture) : example;
        return written;
    }

    private static JsonObject Schemas()
    {
        var schemas = new JsonObject();
        foreach (var (name, shape) in ArticleFields.Parts) schemas[name] = shape;
        foreach (var operation in Operations.All.DistinctBy(o => o.Item)) schemas[operation.Item] = Thing(operation);
        foreach (var operation in Operations.All.Where(o => o.IsList))
        {
            schemas[$"{operation.Item}List"] = Shape.Of(
            [
                ("items", Shape.List(Shape.Ref(operation.Item))),
                .. operation.Around.Select(a => (a.Name, Said(a.Shape(), a.Says))),
                ("next", Said(new() { ["type"] = new JsonArray("string", "null"), ["format"] = "uri" }, "Where the list goes on; null at its end.")),
            ]);
        }

        schemas["Problem"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "RFC 9457.",
            ["properties"] = new JsonObject
            {
                ["type"] = Said(new() { ["type"] = "string", ["format"] = "uri" }, "Leads to what it means."),
                ["title"] = new JsonObject { ["type"] = "string" },
                ["status"] = new JsonObject { ["type"] = "integer" },
                ["detail"] = Said(new() { ["type"] = "string" }, "What is the matter this time."),
                ["parameter"] = Said(new() { ["type"] = "string" }, "Which parameter is meant, if one is."),
            },
            ["required"] = new JsonArray("type", "title", "status", "detail"),
            ["additionalProperties"] = false,
        };
        return schemas;
    }

    /// <summary>Nothing is required of it: whoever asks chooses the fields.</summary>
    private static JsonObject Thing(Operation operation) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(operation.Fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)Said(f.Shape(), f.Says)))),
        ["additionalProperties"] = false,
    };

    private static JsonObject Response(ProblemType problem)
    {
        var response = new JsonObject { ["description"] = $"{problem.Title}. {problem.Says}" };
        if (problem == ProblemType.TooMany) response["headers"] = new JsonObject { ["Retry-After"] = HeaderRef("Retry-After"), ["RateLimit"] = HeaderRef("RateLimit") };
        response["content"] = new JsonObject { [Problem.MediaType] = new JsonObject { ["schema"] = Shape.Ref("Problem") } };
        return response;
    }

    private static JsonObject Header(string says) => new() { ["description"] = says, ["schema"] = new JsonObject { ["type"] = "string" } };

    private static JsonObject HeaderRef(string name) => new() { ["$ref"] = $"#/components/headers/{name}" };

    private static JsonObject Said(JsonObject shape, string says)
    {
        if (says.Length > 0) shape["description"] = says;
        return shape;
    }
}
