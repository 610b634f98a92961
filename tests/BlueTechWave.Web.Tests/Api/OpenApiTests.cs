using System.Text.Json;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Comments;
using BlueTechWave.Web.Api;
using Microsoft.OpenApi;

namespace BlueTechWave.Web.Tests.Api;

/// <summary>What is said of the programs' way in is so: read by a reader of OpenAPI that is not ours, and tried.</summary>
public class OpenApiTests
{
    [Fact]
    public async Task The_document_is_sound()
    {
        await using var site = await NewsSite.OpenAsync();
        var read = OpenApiDocument.Parse(await site.Reader.TextAsync("/openapi/v1.json"), "json");

        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, read.Diagnostic!.SpecificationVersion);
        Assert.Empty(read.Diagnostic.Errors);
        Assert.Empty(read.Diagnostic.Warnings);
        var document = read.Document!;
        Assert.Empty(document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
        Assert.Equal(site.Address.GetLeftPart(UriPartial.Authority), Assert.Single(document.Servers!).Url);
        Assert.Equal(Operations.All.Select(o => o.Path), document.Paths.Keys);
        foreach (var (path, item) in document.Paths)
        {
            var operation = Assert.Single(item.Operations!).Value;
            Assert.True(operation.Summary!.Length > 0 && operation.Description!.Length > 0, path);
            Assert.All(operation.Parameters!, p => Assert.True(p.Description!.Length > 0 && p.Schema is not null, $"{path} {p.Name}"));
        }
    }

    [Theory, EachStore]
    public async Task Every_operation_answers_as_its_schema_says_with_and_without_its_examples(Store store)
    {
        await using var site = await SiteAsync(store);
        var document = await DocumentAsync(site);
        foreach (var (path, item) in document.Paths)
        {
            var operation = item.Operations![HttpMethod.Get];
            var address = path.Replace("{key}", "robots-learn-to-swim", StringComparison.Ordinal);
            var needed = operation.Parameters!.Where(p => p is { Required: true, In: ParameterLocation.Query }).Select(p => $"{p.Name}={p.Example}").ToList();
            var schema = operation.Responses!["200"].Content!["application/json"].Schema!;

            var plain = await site.Reader.JsonAsync($"{address}?{string.Join('&', needed)}");
            Schemas.Fits(plain, schema, path);
            if (plain.TryGetProperty("items", out var items)) Assert.True(items.GetArrayLength() > 0, $"{path} has nothing to show");
            foreach (var parameter in operation.Parameters!.Where(p => p.In == ParameterLocation.Query && p.Example is not null))
            {
                var asked = string.Join('&', needed.Append($"{parameter.Name}={Uri.EscapeDataString(parameter.Example!.ToString())}"));
                Schemas.Fits(await site.Reader.JsonAsync($"{address}?{asked}"), schema, $"{path}?{asked}");
            }
        }
    }

    [Theory, EachStore]
    public async Task Every_field_that_is_documented_is_answered_and_none_beside(Store store)
    {
        await using var site = await SiteAsync(store);
        var document = await DocumentAsync(site);
        foreach (var operation in Operations.All)
        {
            var address = operation.Path.Replace("{key}", "robots-learn-to-swim", StringComparison.Ordinal);
            var answer = await site.Reader.JsonAsync($"{address}?q=robots&fields={string.Join(',', operation.Fields.Select(f => f.Name))}");
            var item = operation.IsList ? answer.GetProperty("items")[0] : answer;

            Assert.Equal(document.Components!.Schemas![operation.Item].Properties!.Keys, item.EnumerateObject().Select(m => m.Name));
            Schemas.Fits(answer, document.Paths[operation.Path].Operations![HttpMethod.Get].Responses!["200"].Content!["application/json"].Schema!, operation.Path);
        }
    }

    [Fact]
    public async Task Every_documented_problem_comes_as_its_schema_says()
    {
        await using var site = await NewsSite.OpenAsync(settings: "RateLimits:ApiPerMinute=3");
        var document = await DocumentAsync(site);
        foreach (var (address, key, status) in new[] { ("/api/v1/articles?limit=x", (string?)null, 400), ("/api/v1/articles/nowhere", null, 404), ("/api/v1/articles", "nonsense", 401), ("/api/v1/articles", null, 200), ("/api/v1/articles", null, 429) })
        {
            using var answer = await site.Reader.AskAsync(address, key);
            Assert.Equal(status, (int)answer.StatusCode);
            if (status == 200) continue;

            var documented = document.Paths["/api/v1/articles/{key}"].Operations![HttpMethod.Get].Responses![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
            Schemas.Fits(Asking.Parse(await answer.Content.ReadAsStringAsync()), documented.Content!["application/problem+json"].Schema!, address);
        }
    }

    [Fact]
    public async Task The_page_for_people_names_every_address_parameter_field_and_problem()
    {
        await using var site = await NewsSite.OpenAsync(Store.Sqlite, "RateLimits:ApiPerMinute=77", "RateLimits:ApiKeyPerMinute=7777");
        var page = await site.Reader.PageAsync("/api");

        foreach (var operation in Operations.All)
        {
            Assert.Contains(page.QuerySelectorAll("h2 + p code"), c => c.TextContent == $"GET {operation.Path}");
            Assert.Equal(operation.Parameters.Select(p => p.Name), Rows($"Parameters of {operation.Path}"));
            Assert.Equal(operation.Fields.Select(f => f.Name).Concat(operation.Around.Select(a => a.Name)), Rows($"Fields of {operation.Path}"));
            Assert.All(operation.Fields, f => Assert.True(f.Says.Length > 0, $"{operation.Path} {f.Name}"));
        }

        foreach (var problem in ProblemType.All) Assert.Contains(problem.Title, page.GetElementById(problem.Name)!.TextContent);
        foreach (var (name, _) in ArticleFields.Parts) Assert.Contains($"{name} has", page.QuerySelector(".prose")!.TextContent);
        Assert.Contains("77 requests", page.Body!.TextContent);
        Assert.Contains("7,777 times", page.Body.TextContent);
        Assert.Contains(page.QuerySelectorAll("a"), a => a.GetAttribute("href") == "/openapi/v1.json");

        List<string> Rows(string caption) => [.. page.QuerySelectorAll("table").Single(t => t.QuerySelector("caption")!.TextContent == caption).QuerySelectorAll("tbody td:first-child").Select(td => td.TextContent)];
    }

    /// <summary>A little of everything, so that no documented thing stays empty.</summary>
    private static async Task<NewsSite> SiteAsync(Store store)
    {
        var site = await NewsSite.OpenAsync(store, Asking.Often);
        await site.PublishManyAsync(4, (_, copy) => copy.Body = "About robots.");
        var article = await site.PublishAsync("Robots learn to swim", copy => copy.Tags = ["Robots"]);
        await site.ChangeAsync(article, a =>
        {
            a.Illustrate(new LeadPicture("/img/art/robots.svg", 1600, 900, "Robots in a pool", null, "Drawing: Lina Moreau"));
            a.Write(new(a.Headline, a.KeyPoints, a.Body, new OurTake("About time.", "Lina Moreau", "BTW reporter"), a.Summary), site.Now);
            a.Correct("They do not sink.", site.Now);
        });
        var root = await site.CommentAsync(article, CommentState.Approved);
        await site.CommentAsync(article, CommentState.Approved, "So was I.", under: root);
        return site;
    }

    private static async Task<OpenApiDocument> DocumentAsync(NewsSite site) => OpenApiDocument.Parse(await site.Reader.TextAsync("/openapi/v1.json"), "json").Document!;
}

/// <summary>As much of JSON Schema as the document uses; what else it should come to use is an error.</summary>
internal static class Schemas
{
    public static void Fits(JsonElement value, IOpenApiSchema schema, string where)
    {
        if (schema.AnyOf is { Count: > 0 } either)
        {
            if (value.ValueKind == JsonValueKind.Null && either.Any(s => s.Type == JsonSchemaType.Null)) return;
            Fits(value, either.First(s => s.Type != JsonSchemaType.Null), where);
            return;
        }

        var type = value.ValueKind switch
        {
            JsonValueKind.Object => JsonSchemaType.Object,
            JsonValueKind.Array => JsonSchemaType.Array,
            JsonValueKind.String => JsonSchemaType.String,
            JsonValueKind.Number => JsonSchemaType.Integer,
            JsonValueKind.True or JsonValueKind.False => JsonSchemaType.Boolean,
            _ => JsonSchemaType.Null,
        };
        Assert.True(schema.Type is { } allowed && allowed.HasFlag(type), $"{where} is {type}, not {schema.Type}");
        if (type == JsonSchemaType.Null) return;

        if (schema.Enum is { Count: > 0 } words) Assert.Contains(value.GetString(), words.Select(w => w!.ToString()));
        if (schema.Format == "date-time") Assert.True(value.GetString()!.EndsWith('Z') && DateTimeOffset.TryParse(value.GetString(), System.Globalization.CultureInfo.InvariantCulture, out _), $"{where} is no moment");
        if (schema.Format == "uri") Assert.True(Uri.TryCreate(value.GetString(), UriKind.Absolute, out var uri) && uri.Scheme == "http", $"{where} is no address");
        if (schema.Minimum is { } least) Assert.True(value.GetInt32() >= int.Parse(least, System.Globalization.CultureInfo.InvariantCulture), $"{where} is too small");
        if (type == JsonSchemaType.Array)
            foreach (var item in value.EnumerateArray()) Fits(item, schema.Items!, $"{where}[]");
        if (type != JsonSchemaType.Object) return;

        Assert.False(schema.AdditionalPropertiesAllowed, $"{where} allows anything");
        Assert.Empty((schema.Required ?? new HashSet<string>()).Except(value.EnumerateObject().Select(m => m.Name)));
        foreach (var member in value.EnumerateObject())
        {
            Assert.True(schema.Properties!.ContainsKey(member.Name), $"{where} has {member.Name}");
            Fits(member.Value, schema.Properties[member.Name], $"{where}.{member.Name}");
        }
    }
}
