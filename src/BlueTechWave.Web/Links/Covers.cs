namespace BlueTechWave.Web.Links;

/// <summary>The drawing that stands in for a missing picture: one of eight seas, always the same for the same article.</summary>
public static class Covers
{
    public const int Count = 8;

    /// <summary>FNV-1a over the slug, modulo the number of covers.</summary>
    public static int Of(string slug)
    {
        var hash = 2166136261u;
        foreach (var c in slug) hash = (hash ^ c) * 16777619u;
        return (int)(hash % Count);
    }

    /// <summary>The raster rendition of an article's cover.</summary>
    public static ShareImage Card(string slug) => new($"/img/covers/v{Of(slug)}.png", "Drawing of waves under a disc");
}
