using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace BlueTechWave.Web.Backups;

/// <summary>What <c>/healthz/ready</c> says: whether the site can serve, and how old the last backup is from which the paper was seen to come back.</summary>
internal static class Readiness
{
    public static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        var proved = await http.RequestServices.GetRequiredService<LastProved>().LastAsync(http.RequestAborted);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await http.Response.WriteAsJsonAsync(new
        {
            status = report.Status.ToString(),
            lastProvenRestore = proved,
            lastProvenRestoreHours = proved is null ? (double?)null : Math.Round((now - proved.Value).TotalHours, 1),
        });
    }
}
