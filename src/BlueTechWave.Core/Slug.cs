using System.Globalization;
using System.Text;

namespace BlueTechWave.Core;

/// <summary>The part of an address made from words: lower-case ASCII letters, digits and single hyphens.</summary>
public static class Slug
{
    /// <summary>In characters. Older addresses of an import may be longer; ours are not.</summary>
    public const int MaxLength = 120;

    /// <summary>“AR/VR” becomes <c>ar-vr</c>, “$1.3B” <c>1-3b</c>. Words without a Latin letter become empty.</summary>
    public static string From(string words)
    {
        var slug = new StringBuilder(Math.Min(words.Length, MaxLength));
        foreach (var c in Fold(words).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark || c is '’' or '\'' or '‘') continue;
            if (char.IsAsciiLetterOrDigit(c)) slug.Append(char.ToLowerInvariant(c));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        if (slug.Length > MaxLength)
        {
            // Better a word less than half a word.
            var cut = slug.ToString(0, MaxLength + 1).LastIndexOf('-');
            slug.Length = cut > 0 ? cut : MaxLength;
        }

        return slug.ToString().Trim('-');
    }

    /// <summary>Whether this could be a slug at all: the first question asked of an address, before the store is.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: > 0 and <= 200 } && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    // Letters that no decomposition turns into ASCII.
    private static string Fold(string words) => string.Concat(words.EnumerateRunes().Select(rune => rune.Value switch
    {
        'ß' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ı' => "i",
        // The one character that normalising refuses.
        '\uFFFE' => "",
        _ => rune.ToString(),
    }));
}
