namespace BlueTechWave.Core.Articles;

/// <summary>
/// The bodies pressed last. One save asks for the same body several times (to keep it, to look it over, to index it), and
/// pressing is most of what a save costs.
/// </summary>
internal static class RecentlyPressed
{
    // In UTF-16 code units, of Markdown and what is made of it: eight megabytes.
    private const int RoomForAll = 4 << 20;
    private const int RoomForOne = RoomForAll / 8;

    private static readonly Lock Door = new();
    private static readonly Dictionary<string, ArticleBody> ByMarkdown = new(StringComparer.Ordinal);
    private static readonly Queue<string> Oldest = [];
    private static int _taken;

    public static ArticleBody? Find(string markdown)
    {
        lock (Door) return ByMarkdown.GetValueOrDefault(markdown);
    }

    public static void Keep(string markdown, ArticleBody body)
    {
        if (SizeOf(markdown, body) > RoomForOne) return;
        lock (Door)
        {
            if (!ByMarkdown.TryAdd(markdown, body)) return;
            Oldest.Enqueue(markdown);
            _taken += SizeOf(markdown, body);
            while (_taken > RoomForAll && Oldest.TryDequeue(out var oldest))
                if (ByMarkdown.Remove(oldest, out var gone)) _taken -= SizeOf(oldest, gone);
        }
    }

    // What a body weighs beyond its texts is little, but not nothing: an empty one must not be free.
    private static int SizeOf(string markdown, ArticleBody body) => 200 + markdown.Length + body.Html.Length + body.Text.Length;
}
