using System.Text;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Search;

internal static class Folding
{
    /// <summary>Letters without their accents: who types “Novotna” means Novotná.</summary>
    public static string WithoutAccents(string text)
    {
        if (Ascii.IsValid(text)) return text;

        var plain = new StringBuilder(text.Length);
        foreach (var c in Composed(text).Normalize(NormalizationForm.FormD))
            if (c is < '\u0300' or > '\u036F') plain.Append(c);
        return plain.ToString().Normalize();
    }

    /// <summary>Accents and letters in one character, as keyboards but not all phones and files write them.</summary>
    public static string Composed(string text) => StorableTextConverter.Storable(text).Replace('\uFFFE', '\uFFFD').Normalize();
}
