using System.Text;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BlueTechWave.Core.Data;

/// <summary>
/// PostgreSQL refuses a text with a NUL or half a surrogate pair in it, SQLite cuts it short. Neither means anything:
/// U+FFFD takes their place in what is stored and in what is looked for, so that no typed text can fail a save or a query.
/// </summary>
internal sealed class StorableTextConverter() : ValueConverter<string, string>(written => Storable(written), read => read)
{
    public static string Storable(string text)
    {
        if (text.AsSpan().IndexOf('\0') < 0 && text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0) return text;

        // Runes: half a pair is enumerated as U+FFFD already.
        var storable = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) storable.Append(rune.Value == 0 ? Rune.ReplacementChar.ToString() : rune.ToString());
        return storable.ToString();
    }
}
