using System.Globalization;

namespace BlueTechWave.Web.Pages;

/// <summary>What stands in an avatar without a portrait.</summary>
public static class Initials
{
    /// <summary>First letters of the first and last word; whole characters, not halves of them.</summary>
    public static string Of(string name)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        string[] ends = words.Length > 1 ? [words[0], words[^1]] : words;
        return string.Concat(ends.Select(word => StringInfo.GetNextTextElement(word))).ToUpperInvariant();
    }
}
