using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Options;
using Microsoft.Extensions.Options;

namespace BlueTechWave.Web.Media;

/// <summary>The stores that pictures may live in, as the settings describe them: the one the site uses, and the other.</summary>
internal sealed class PictureStores(IOptions<MediaOptions> media, IConfiguration configuration, IHostEnvironment environment)
{
    public IPictureStore InUse() => Open(media.Value.Provider);

    /// <exception cref="OptionsValidationException">The settings say too little of the bucket.</exception>
    public IPictureStore Open(string provider) => provider == "S3" ? new S3PictureStore(Bucket()) : new DiskPictureStore(Folder());

    private string Folder() => Path.Combine(StoreFile.Directory(configuration, environment.ContentRootPath), "pictures");

    private S3Place Bucket()
    {
        // Checked at the start only where pictures live there already.
        var wrong = media.Value.S3.WhatIsWrong().ToList();
        return wrong.Count == 0 ? media.Value.S3.Place() : throw new OptionsValidationException(nameof(MediaOptions), typeof(MediaOptions), wrong);
    }
}

internal static class PictureStoresSetup
{
    public static void AddPictureStore(this IServiceCollection services)
    {
        services.AddOptions<MediaOptions>().BindConfiguration("Media").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PictureStores>();
        services.AddSingleton(all => all.GetRequiredService<PictureStores>().InUse());
        services.AddSingleton(all => new PictureLibrary(all.GetRequiredService<IPictureStore>(), all.GetRequiredService<IOptions<MediaOptions>>().Value.Limits));
        services.AddSingleton<ShownKeys>();
    }
}
