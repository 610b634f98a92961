using System.Net;
using System.Text.RegularExpressions;

namespace BlueTechWave.Web.Watching;

/// <summary>What is somebody's by its looks: e-mail and network addresses, and what stands behind the question mark of an address.</summary>
internal static partial class Personal
{
    public const string Hidden = "…";

    public static string Hide(string text)
    {
        if (text.AsSpan().IndexOfAny('@', '.', ':') < 0) return text;
        text = Queries().Replace(text, "$1?" + Hidden);
        if (text.Contains('@', StringComparison.Ordinal)) text = Mails().Replace(text, Hidden);
        return Networks().Replace(text, found => IPAddress.TryParse(found.ValueSpan, out var address) && !IsNobodys(address) ? Hidden : found.Value);
    }

    /// <summary>This machine, or all of its addresses: where the site listens.</summary>
    private static bool IsNobodys(IPAddress address) => IPAddress.IsLoopback(address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    [GeneratedRegex(@"(https?://[^\s?#""'<>]*)[?#][^\s""'<>]*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Queries();

    [GeneratedRegex(@"[^\s@<>()\[\]"",;:/?&=]+@[^\s@<>()\[\]"",;:/?&=]+", RegexOptions.CultureInvariant)]
    private static partial Regex Mails();

    [GeneratedRegex(@"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[0-9a-f]*:[0-9a-f]*:)[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?)(?![\w.]*\w)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Networks();
}
