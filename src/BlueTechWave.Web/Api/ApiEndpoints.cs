using BlueTechWave.Web.Caching;
using BlueTechWave.Web.Jobs;
using BlueTechWave.Web.Links;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Api;

/// <summary>Where programs read. All answers are kept in the output cache, under the same names as readers' pages.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddSingleton<ApiLimits>();
        services.AddSingleton<KnownKeys>();
        services.AddSingleton<KeyUses>();
        services.AddSingleton<ApiDoor>();
        services.AddSingleton<KeyKeeping>();
        services.AddHostedService(all => all.GetRequiredService<KeyKeeping>());
    }

    public static void MapApi(this IEndpointRouteBuilder app)
    {
        // As plain delegates, and for every method: which of them are answered, the door says.
        foreach (var operation in Operations.All)
            app.Map(operation.Path, http => AnswerAsync(http, operation)).WithMetadata(ForPrograms.Mark, operation).CacheOutput(ReaderPagePolicy.ApiName);
        app.Map($"{Operation.Root}/{{**rest}}", http => NothingAsync(http)).WithMetadata(ForPrograms.Mark);
        app.MapMethods(To.OpenApi, [HttpMethods.Get, HttpMethods.Head], WriteDocumentAsync).CacheOutput(ReaderPagePolicy.Name);
    }

    private static async Task AnswerAsync(HttpContext http, Operation operation)
    {
        var desk = ApiDesk.Of(http);
        var answer = await operation.AnswerAsync(desk);
        await (desk.Wrong is { } wrong ? wrong.WriteAsync(http) : answer is null ? NothingAsync(http) : answer.WriteAsync(desk));
    }

    private static Task NothingAsync(HttpContext http) => new Problem(ProblemType.NotFound, ProblemType.NotFound.Says).WriteAsync(http);

    private static Task WriteDocumentAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var document = OpenApiWriter.Write(services.GetRequiredService<IOptions<SiteOptions>>().Value.Name, services.GetRequiredService<SiteAddress>(), services.GetRequiredService<IOptions<RateLimitOptions>>().Value);
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(document, http.RequestAborted);
    }
}
