using System.Globalization;
using System.Text;
using Markdig.Syntax.Inlines;

namespace BlueTechWave.Core.Articles;

/// <summary>
/// A line of its own that sends readers to another of our stories: <c>Also read: &lt;article:123&gt;</c>, or with a fixed title
/// <c>Also read: [title](article:123)</c>.
/// </summary>
internal sealed record AlsoRead(int Article, ContainerInline? Words)
{
    private const string Label = "Also read:";
    private const string Scheme = "article:";

    /// <summary>The story an address names, as in <c>article:123</c>; null for any other address.</summary>
    public static int? ArticleOf(string? address) =>
        address is not null && address.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && int.TryParse(address.AsSpan(Scheme.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0
            ? id
            : null;

    public static AlsoRead? Find(ContainerInline line)
    {
        var label = new StringBuilder();
        var inline = line.FirstChild;
        for (; inline is not null && label.Length <= 2 * Label.Length; inline = inline.NextSibling)
        {
            if (inline is LiteralInline words) label.Append(words.Content.AsSpan());
            else if (inline is EmphasisInline { FirstChild: LiteralInline { NextSibling: null } bold }) label.Append(bold.Content.AsSpan());
            else break;
        }

        if (inline is null || !IsLast(inline)) return null;
        if (!label.ToString().Trim().Equals(Label, StringComparison.OrdinalIgnoreCase)) return null;

        return inline switch
        {
            AutolinkInline { IsEmail: false } link when ArticleOf(link.Url) is { } id => new(id, null),
            LinkInline { IsImage: false } link when ArticleOf(link.Url) is { } id => new(id, link),
            _ => null,
        };
    }

    /// <summary>True if nothing but white space follows.</summary>
    public static bool IsLast(Inline inline)
    {
        for (var next = inline.NextSibling; next is not null; next = next.NextSibling)
            if (next is not LineBreakInline && next is not LiteralInline { Content.IsEmpty: true }
                && !(next is LiteralInline words && words.Content.AsSpan().IsWhiteSpace()))
                return false;

        return true;
    }
}
