using System.Globalization;
using BlueTechWave.Web.Options;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace BlueTechWave.Web.Watching;

/// <summary>Where the site says what happens: on the console, and in files of its data directory, an event a line.</summary>
internal static class Logs
{
    private const string ForPeople = "[{Timestamp:HH:mm:ss} {Level:u3}] {Message:lj} {RequestId}{NewLine}{Exception}";

    public static void AddLogs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LogOptions>().BindConfiguration("Logs").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Watch>();
        services.AddSingleton<Troubles>();
        services.AddSerilog((all, log) => log
            .ReadFrom.Configuration(Levels(configuration))
            // Whatever listens, here or in the configuration, listens behind it.
            .WriteTo.Sink(new Discretion(Listeners(all, configuration), all.GetRequiredService<IHttpContextAccessor>())),
            // A logger of its own for each: the site that proves a backup would take this one's with it.
            preserveStaticLogger: true);
    }

    /// <summary>Reading is worth no line, unless somebody wants it; writing is worth one, and a failure stands out.</summary>
    public static IApplicationBuilder UseRequestLog(this IApplicationBuilder app) => app.UseSerilogRequestLogging(requests =>
    {
        requests.Logger = app.ApplicationServices.GetRequiredService<Serilog.ILogger>();
        requests.GetLevel = (http, _, _) =>
            http.Response.StatusCode >= StatusCodes.Status500InternalServerError ? LogEventLevel.Warning
            : HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) ? LogEventLevel.Debug
            : LogEventLevel.Information;
    });

    private static IConfiguration Levels(IConfiguration configuration) => new ConfigurationBuilder()
        .AddInMemoryCollection(configuration.GetSection("Serilog:MinimumLevel").AsEnumerable())
        .Build();

    private static Logger Listeners(IServiceProvider services, IConfiguration configuration)
    {
        // Wrong settings stop the start, and until then there is somewhere to say so.
        var options = configuration.GetSection("Logs").Get<LogOptions>() is { MaxMegabytes: > 0, KeepFiles: > 0 } set ? set : new();
        var listeners = new LoggerConfiguration().ReadFrom.Configuration(configuration).ReadFrom.Services(services)
            .WriteTo.Sink(services.GetRequiredService<Troubles>()).WriteTo.Sink(services.GetRequiredService<Watch>())
            .MinimumLevel.Verbose();
        if (options.Console == "Json") listeners.WriteTo.Console(new RenderedCompactJsonFormatter());
        else if (options.Console == "Text") listeners.WriteTo.Console(outputTemplate: ForPeople, formatProvider: CultureInfo.InvariantCulture);
        if (options.Directory.Length > 0)
            listeners.WriteTo.File(new RenderedCompactJsonFormatter(), Path.Combine(Path.GetFullPath(options.Directory, StoreFile.Directory(configuration, services.GetRequiredService<IHostEnvironment>().ContentRootPath)), "btw-.jsonl"), rollingInterval: RollingInterval.Day,
                rollOnFileSizeLimit: true, fileSizeLimitBytes: (long)options.MaxMegabytes << 20, retainedFileCountLimit: options.KeepFiles);
        return listeners.CreateLogger();
    }
}
