namespace BlueTechWave.Core.Articles;

/// <summary>Addresses as people write them into texts: where they lead, before any of them is printed.</summary>
internal static class Addresses
{
    private static readonly string[] Schemes = ["http", "https", "mailto", "tel"];

    /// <summary>A path, a fragment, or http, https, mailto or tel: nothing that runs.</summary>
    public static bool IsSafe(string address)
    {
        // Browsers drop tabs and line ends within an address, so "java\nscript:" would run.
        if (address.AsSpan().IndexOfAnyInRange('\0', '\x1F') >= 0) return false;

        var trimmed = address.AsSpan().Trim();
        var end = trimmed.IndexOfAny(":/?#");
        if (end < 0 || trimmed[end] != ':') return true;
        foreach (var scheme in Schemes)
            if (trimmed[..end].Equals(scheme, StringComparison.OrdinalIgnoreCase)) return true;

        return false;
    }

    /// <summary>A path of our own site. Browsers read a backslash as a slash: <c>/\host</c> leads elsewhere.</summary>
    public static bool IsOurs(string address) =>
        address.StartsWith('/') && !address.StartsWith("//", StringComparison.Ordinal) && !address.Contains('\\') && IsSafe(address);

    public static bool IsElsewhere(string address) =>
        address.AsSpan().TrimStart() is var a
        && (a.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || a.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
            || a is ['/' or '\\', '/' or '\\', ..]);
}
