using BlueTechWave.Web.Options;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Faults;

/// <summary>
/// The site's last minute: it is not ready any more and says so while its door is open still; then the door is closed, and what is under
/// way comes to its end.
/// </summary>
internal sealed class Stopping(IOptions<LoadOptions> load, TimeProvider clock) : IHealthCheck, IHostedLifecycleService
{
    private volatile bool _isStopping;

    /// <summary>Every answer of the last minute ends its connection: no proxy sends another request into a door that is closing.</summary>
    public void SayGoodbye(HttpContext http)
    {
        if (_isStopping && HttpProtocol.IsHttp11(http.Request.Protocol)) http.Response.Headers.Connection = "close";
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(_isStopping ? HealthCheckResult.Unhealthy("The site is being stopped.") : HealthCheckResult.Healthy());

    /// <summary>Before the server and the jobs are told.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _isStopping = true;
        if (load.Value.DrainSeconds > 0) await Task.Delay(TimeSpan.FromSeconds(load.Value.DrainSeconds), clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class StoppingSetup
{
    public static void UseGoodbye(this IApplicationBuilder app)
    {
        var stopping = app.ApplicationServices.GetRequiredService<Stopping>();
        app.Use((http, next) =>
        {
            stopping.SayGoodbye(http);
            return next(http);
        });
    }

    public static void AddStopping(this IServiceCollection services)
    {
        services.AddSingleton<Stopping>();
        services.AddHostedService(all => all.GetRequiredService<Stopping>());
        // The host counts both: first nobody is sent here any more, then the last are answered.
        services.AddOptions<HostOptions>().Configure<IOptions<LoadOptions>>((host, load) => host.ShutdownTimeout = TimeSpan.FromSeconds(load.Value.DrainSeconds + load.Value.StopSeconds));
    }
}
