using System.Text;
using AngleSharp.Dom;

namespace BlueTechWave.Core.Articles;

/// <summary>The words of a page, as search and word counts want them.</summary>
internal static class BodyText
{
    private static readonly HashSet<string> Inline =
    [
        "a", "b", "strong", "i", "em", "u", "s", "del", "ins", "sub", "sup", "mark", "kbd", "abbr", "cite", "q", "small", "time", "code",
        "samp", "var", "span", "dfn", "wbr",
    ];

    public static string Of(IElement page)
    {
        var text = new StringBuilder();
        Append(text, page);
        return Collapse(text.ToString());
    }

    /// <summary>One space for any run of white space, none at the ends.</summary>
    public static string Collapse(string text)
    {
        var words = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c)) words.Append(c);
            else if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
        }

        if (words.Length > 0 && words[^1] == ' ') words.Length--;
        return words.ToString();
    }

    private static void Append(StringBuilder text, INode node)
    {
        // By index: NextSibling searches the parent's list, which makes a long page quadratic.
        for (var i = 0; i < node.ChildNodes.Length; i++)
        {
            var child = node.ChildNodes[i];
            if (child is IText words) text.Append(words.Data);
            if (child is not IElement element || IsSmallPrint(element)) continue;

            // A film's own name is in its caption once; the rest of the figure tells how to play it.
            if (element.HasAttribute("data-video")) text.Append(' ').Append(VideoName(element)).Append(' ');
            else if (Inline.Contains(element.LocalName)) Append(text, element);
            else
            {
                text.Append(' ');
                Append(text, element);
                text.Append(' ');
            }
        }
    }

    private static bool IsSmallPrint(IElement element) =>
        element.ClassList.Contains("also") && element.HasAttribute("data-article")
        || element.ClassList.Contains("footnote-ref") || element.ClassList.Contains("footnote-back-ref");

    private static string VideoName(IElement video)
    {
        var caption = video.QuerySelector("figcaption")?.TextContent ?? "";
        var end = caption.LastIndexOf(" – ", StringComparison.Ordinal);
        return end < 0 ? "" : caption[..end];
    }
}
