using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace BlueTechWave.Core.Articles;

/// <summary>The headings of a body: below the headline, no level skipped, each with an anchor that stays while its words do.</summary>
internal static class Headings
{
    /// <summary>Names that the page around a body has given out already; whoever prints a body on a page keeps this true.</summary>
    private static readonly string[] TakenByThePage =
    [
        "main", "menu", "search", "take", "corrected", "related", "comments", "comments-title", "respond", "reply-title",
        "most-read", "categories", "archives", "message", "message-title", "name", "email", "body", "website", "q-over", "q-hint",
    ];

    public static void Mend(IHtmlDocument page)
    {
        var above = new Stack<(int Written, int Printed)>();
        var anchors = new Anchors();
        foreach (var heading in page.Body!.QuerySelectorAll("h1, h2, h3, h4, h5, h6").ToArray())
        {
            var written = Math.Max(2, heading.LocalName[1] - '0');
            while (above.TryPeek(out var last) && last.Written >= written) above.Pop();
            var printed = above.TryPeek(out var parent) ? parent.Printed + 1 : 2;
            above.Push((written, printed));

            var anchor = anchors.For(heading.TextContent);
            Rename(page, heading, "h" + printed.ToString(CultureInfo.InvariantCulture)).SetAttribute("id", anchor);
        }
    }

    private static IElement Rename(IHtmlDocument page, IElement heading, string name)
    {
        if (heading.LocalName == name) return heading;

        var renamed = page.CreateElement(name);
        foreach (var attribute in heading.Attributes) renamed.SetAttribute(attribute.Name, attribute.Value);
        foreach (var child in heading.ChildNodes.ToArray()) renamed.AppendChild(child);
        heading.Replace(renamed);
        return renamed;
    }

    /// <summary>Gives out anchors, numbering the second of a name and later ones.</summary>
    private sealed class Anchors
    {
        private readonly HashSet<string> _taken = [.. TakenByThePage];
        private readonly Dictionary<string, int> _next = [];

        public string For(string words)
        {
            var anchor = Slug(words);
            if (!IsOneOfMany(anchor) && _taken.Add(anchor)) return anchor;

            // Remembering where a name's numbers stand keeps ten thousand equal headings linear.
            for (var number = _next.GetValueOrDefault(anchor, 2); ; number++)
            {
                var numbered = $"{anchor}-{number.ToString(CultureInfo.InvariantCulture)}";
                if (!_taken.Add(numbered)) continue;
                _next[anchor] = number + 1;
                return numbered;
            }
        }

        /// <summary>Comments and the boxes of authors have anchors by number: “Comment 5” as a heading must not take one.</summary>
        private static bool IsOneOfMany(string anchor) =>
            (anchor.StartsWith("comment-", StringComparison.Ordinal) || anchor.StartsWith("bio-", StringComparison.Ordinal))
            && !anchor.AsSpan(anchor.IndexOf('-') + 1).ContainsAnyExceptInRange('0', '9');

        private static string Slug(string words)
        {
            // Half a surrogate pair cannot be normalised, and a heading of a megabyte need not be read to its end.
            var length = Math.Min(words.Length, 4 * Core.Slug.MaxLength);
            if (length > 0 && char.IsHighSurrogate(words[length - 1])) length--;
            return Core.Slug.From(words[..length]) is { Length: > 0 } anchor ? anchor : "section";
        }
    }
}
