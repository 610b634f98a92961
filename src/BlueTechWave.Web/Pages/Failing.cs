namespace BlueTechWave.Web.Pages;

/// <summary>A page that gives up leaves a line for the one that says so.</summary>
internal static class Failing
{
    public static void SayWhy(this HttpContext http, string? reason) => http.Items[typeof(Failing)] = reason;

    public static string? Why(this HttpContext http) => http.Items[typeof(Failing)] as string;
}
