using System.Text;

namespace BlueTechWave.Core.Articles;

/// <summary>Text without what no page or feed can carry: control characters, lone surrogates, noncharacters.</summary>
public static class Legible
{
    /// <summary>A text as typed, its length checked, its line ends made one kind.</summary>
    internal static string Source(string text)
    {
        if (text.Length > ArticleBody.MaxLength)
            throw new ArgumentException($"A text of {text.Length} characters is longer than {ArticleBody.MaxLength}.", nameof(text));

        return Of(text.ReplaceLineEndings("\n"));
    }

    /// <summary>The same text, each illegible character replaced by U+FFFD; the same instance if there is none.</summary>
    public static string Of(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune) && !IsIllegible(rune.Value))
            {
                i += rune.Utf16SequenceLength - 1;
                continue;
            }

            clean ??= new StringBuilder(text);
            clean[i] = '\uFFFD';
            if (rune.Utf16SequenceLength == 2) clean[++i] = '\uFFFD';
        }

        return clean?.ToString() ?? text;
    }

    private static bool IsIllegible(int c) =>
        c is < ' ' and not ('\t' or '\n') or >= 0x7F and < 0xA0 or >= 0xFDD0 and <= 0xFDEF || (c & 0xFFFE) == 0xFFFE;
}
