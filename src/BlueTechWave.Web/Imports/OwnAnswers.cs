using Microsoft.AspNetCore.Http.Features;

namespace BlueTechWave.Web.Imports;

/// <summary>Asks the site for an address as a reader would, without a server: the answer comes from the same pipeline.</summary>
public sealed class OwnAnswers(IServiceProvider services, RequestDelegate pipeline)
{
    /// <summary>Of a site that was put together and not started: nothing listens, and no job runs.</summary>
    public static OwnAnswers Of(WebApplication app)
    {
        // What a start does last.
        app.UseEndpoints(_ => { });
        return new(app.Services, ((IApplicationBuilder)app).Build());
    }

    /// <summary>Of a site that serves.</summary>
    public static OwnAnswers Of(IServiceProvider services) => new(services, services.GetRequiredService<OwnPipeline>().Whole);

    /// <param name="path">Without percents: as a server hands it on. With its question, if it is one.</param>
    public async Task<(int Status, string? Location)> AskAsync(string path, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var question = path.StartsWith("/?", StringComparison.Ordinal) ? path[1..] : "";
        path = path[..^question.Length];
        var request = new HttpRequestFeature { Method = HttpMethods.Get, Scheme = "http", Path = path, QueryString = question, RawTarget = path + question, Protocol = HttpProtocol.Http11 };
        request.Headers.Host = "localhost";
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpResponseFeature>(new HttpResponseFeature());
        features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(Stream.Null));
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature { RequestAborted = cancellation });
        features.Set(new OwnQuestion());
        features.Set<IServiceProvidersFeature>(new RequestServices(scope.ServiceProvider));
        var factory = services.GetRequiredService<IHttpContextFactory>();
        var http = factory.Create(features);
        try
        {
            await pipeline(http);
            return (http.Response.StatusCode, http.Response.Headers.Location);
        }
        finally
        {
            factory.Dispose(http);
        }
    }

    private sealed class RequestServices(IServiceProvider services) : IServiceProvidersFeature
    {
        IServiceProvider IServiceProvidersFeature.RequestServices { get; set; } = services;
    }
}

/// <summary>On a request that the site asked itself: nobody read, and nobody missed anything.</summary>
public sealed class OwnQuestion;

/// <summary>The way that a request walks, known once the site is put together.</summary>
public sealed class OwnPipeline
{
    private RequestDelegate? _whole;

    public RequestDelegate Whole => _whole ?? throw new InvalidOperationException("The site is not put together yet.");

    internal RequestDelegate Know(RequestDelegate whole) => _whole = whole;
}

internal static class OwnQuestions
{
    /// <summary>From here on the site's own questions walk as a reader's do; what comes before it writes down and measures readers.</summary>
    public static void UseOwnQuestions(this IApplicationBuilder app) => app.Use(next => app.ApplicationServices.GetRequiredService<OwnPipeline>().Know(next));
}
