using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace BlueTechWave.Core.Articles;

/// <summary>The headings of a body: below the headline, no level skipped, each with an anchor that stays while its words do.</summary>
internal static class Headings
{
    private const int LongestAnchor = 80;

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
        private readonly HashSet<string> _taken = [];
        private readonly Dictionary<string, int> _next = [];

        public string For(string words)
        {
            var anchor = Slug(words);
            if (_taken.Add(anchor)) return anchor;

            // Remembering where a name's numbers stand keeps ten thousand equal headings linear.
            for (var number = _next.GetValueOrDefault(anchor, 2); ; number++)
            {
                var numbered = $"{anchor}-{number.ToString(CultureInfo.InvariantCulture)}";
                if (!_taken.Add(numbered)) continue;
                _next[anchor] = number + 1;
                return numbered;
            }
        }

        private static string Slug(string words)
        {
            var slug = new StringBuilder();
            foreach (var c in Cut(words).Normalize(NormalizationForm.FormD))
            {
                if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
                else if (Ascii(c) is { } letters) slug.Append(letters);
                else if (slug.Length > 0 && slug[^1] != '-' && CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark
                         && c is not ('\'' or '’' or '‘')) slug.Append('-');
                if (slug.Length >= LongestAnchor) break;
            }

            var anchor = slug.ToString().Trim('-');
            return anchor == "" ? "section" : anchor;
        }

        private static string Cut(string words)
        {
            // Half a surrogate pair cannot be normalised.
            var length = Math.Min(words.Length, 4 * LongestAnchor);
            if (length > 0 && char.IsHighSurrogate(words[length - 1])) length--;
            return words[..length];
        }

        private static string? Ascii(char c) => c switch
        {
            'ß' => "ss",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'ø' or 'Ø' => "o",
            'ł' or 'Ł' => "l",
            'đ' or 'Đ' or 'ð' or 'Ð' => "d",
            'þ' or 'Þ' => "th",
            'ı' => "i",
            _ => null,
        };
    }
}
