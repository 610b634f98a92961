using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BlueTechWave.Web.Watching;

/// <summary>Numbers for whoever may fetch them at <c>/metrics</c>, and numbers and traces for a collector that is named. Without either, nothing is measured.</summary>
internal static class Telemetry
{
    public const string Path = "/metrics";
    public const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] SignsOfAProxy = ["X-Forwarded-For", "X-Original-For", "X-Real-IP", "Forwarded", "Via"];

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MetricsOptions>().BindConfiguration("Metrics").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Backlog>();
        services.AddSingleton<Room>();
        services.AddSingleton<Figures>();
        var (isFetched, isSent) = ((configuration.GetSection("Metrics").Get<MetricsOptions>() ?? new()).IsOpen, !string.IsNullOrEmpty(configuration[Endpoint]));
        if (!isFetched && !isSent) return;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(r => r.AddService("blue-tech-wave", serviceVersion: Release.Version, autoGenerateServiceInstanceId: isSent));
        telemetry.WithMetrics(metrics =>
        {
            metrics.AddMeter(Figures.Name).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
            if (isFetched) metrics.AddPrometheusExporter();
            if (isSent) metrics.AddOtlpExporter();
        });
        if (isSent) telemetry.WithTracing(traces => traces.AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddProcessor<DiscreetSpans>().AddOtlpExporter());
    }

    /// <summary>To everybody else there is nothing at that address.</summary>
    public static void UseMetrics(this WebApplication app)
    {
        var options = app.Services.GetRequiredService<IOptions<MetricsOptions>>().Value;
        // Made now: what it counts is counted from the start.
        _ = app.Services.GetRequiredService<Figures>();
        if (!options.IsOpen) return;

        var networks = Addresses.Parse(options.Networks, out _);
        var token = string.IsNullOrEmpty(options.Token) ? null : Hash(options.Token);
        app.UseOpenTelemetryPrometheusScrapingEndpoint(null, http => http.Request.Path == Path && IsOpenTo(http), null, branch => branch.Use(async (http, next) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            await http.RequestServices.GetRequiredService<Backlog>().LookAsync(http.RequestAborted);
            await next(http);
        }), null);

        bool IsOpenTo(HttpContext http) =>
            token is not null && http.Request.Headers.Authorization is [{ } given] && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && CryptographicOperations.FixedTimeEquals(Hash(given[7..].Trim()), token)
            // Whoever comes through a proxy comes from anywhere.
            || !SignsOfAProxy.Any(http.Request.Headers.ContainsKey) && networks.Hold(http.Connection.RemoteIpAddress);
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>What a collector is not told: what was asked for behind the question mark, by whom, and the secret end of a webhook's address.</summary>
    private sealed class DiscreetSpans : BaseProcessor<Activity>
    {
        private static readonly string[] Untold = ["url.query", "client.address", "client.port", "network.peer.address", "network.peer.port", "user_agent.original", "enduser.id"];

        public override void OnEnd(Activity data)
        {
            foreach (var tag in Untold) data.SetTag(tag, null);
            if (data.GetTagItem("url.path") is string path) data.SetTag("url.path", Personal.Hide(path));
            if (data.GetTagItem("url.full") is string full) data.SetTag("url.full", Uri.TryCreate(full, UriKind.Absolute, out var uri) ? uri.GetLeftPart(UriPartial.Authority) : null);
        }
    }
}
