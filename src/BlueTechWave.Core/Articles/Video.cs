using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace BlueTechWave.Core.Articles;

/// <summary>A film at YouTube or Vimeo, shown as a link that a script turns into a player once the reader asks for it.</summary>
internal sealed record Video(string Host, string Id)
{
    private const int LongestAddress = 300;

    private string Address => Host == "YouTube" ? $"https://www.youtube.com/watch?v={Id}" : $"https://vimeo.com/{Id}";

    public static Video? Find(string? address)
    {
        if (address is null || address.Length > LongestAddress) return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")) return null;

        var path = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return uri.Host.ToLowerInvariant() switch
        {
            "youtu.be" when path is [var id] => YouTube(id),
            "youtube.com" or "www.youtube.com" or "m.youtube.com" or "www.youtube-nocookie.com" => path switch
            {
                ["watch"] => YouTube(WatchId(uri.Query)),
                ["embed" or "shorts" or "live", var id] => YouTube(id),
                _ => null,
            },
            "vimeo.com" or "www.vimeo.com" when path is [var id] => Vimeo(id),
            "player.vimeo.com" when path is ["video", var id] => Vimeo(id),
            _ => null,
        };
    }

    /// <summary>True for <c>youtube:ID</c> and <c>vimeo:ID</c>, the value the player's script reads.</summary>
    public static bool IsMark(string mark) => mark.Split(':') switch
    {
        ["youtube", var id] => YouTube(id) is not null,
        ["vimeo", var id] => Vimeo(id) is not null,
        _ => false,
    };

    public void Write(HtmlRenderer renderer, LinkInline picture)
    {
        var named = picture.FirstChild is not null;
        renderer.EnsureLine();
        renderer.Write($"<figure class=\"video\" data-video=\"{Host.ToLowerInvariant()}:{Id}\">");
        renderer.Write($"<a class=\"video-link\" href=\"{Address}\"><span>Watch ");
        if (named)
        {
            renderer.Write('“');
            BodyRenderers.WriteWords(renderer, picture);
            renderer.Write("” ");
        }

        renderer.Write($"on {Host}</span></a><figcaption>");
        if (!string.IsNullOrWhiteSpace(picture.Title)) renderer.WriteEscape(picture.Title).Write(" – ");
        else if (named)
        {
            BodyRenderers.WriteWords(renderer, picture);
            renderer.Write(" – ");
        }

        renderer.WriteLine($"Plays from {Host} when you press play</figcaption></figure>");
    }

    private static string? WatchId(string query) =>
        query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith("v=", StringComparison.Ordinal))?[2..];

    private static Video? YouTube(string? id) =>
        id is { Length: 11 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? new("YouTube", id) : null;

    private static Video? Vimeo(string? id) =>
        id is { Length: > 0 and <= 12 } && id.All(char.IsAsciiDigit) ? new("Vimeo", id) : null;
}
