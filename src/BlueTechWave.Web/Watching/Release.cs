using System.Reflection;

namespace BlueTechWave.Web.Watching;

/// <summary>Which version of the site this is.</summary>
internal static class Release
{
    public static string Version { get; } = typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
