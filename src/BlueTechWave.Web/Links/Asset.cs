using Microsoft.AspNetCore.Components;

namespace BlueTechWave.Web.Links;

/// <summary>Our own files, by an address that changes when they do, so that browsers may keep them for good.</summary>
public static class Asset
{
    /// <param name="path">Below wwwroot, without a leading slash.</param>
    public static string Of(HttpContext http, string path) =>
        "/" + (http.GetEndpoint()?.Metadata.GetMetadata<ResourceAssetCollection>()?[path] ?? path);
}
