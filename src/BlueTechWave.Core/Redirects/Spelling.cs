using System.Text;

namespace BlueTechWave.Core.Redirects;

/// <summary>How an address is written here: lower case, without trailing or doubled slashes and without an extension.</summary>
public static class Spelling
{
    /// <summary>The first page of a listing has no number.</summary>
    private const string FirstPage = "/page/1";

    private static readonly string[] Extensions = [".html", ".htm", ".php", ".aspx"];

    /// <summary>Null for a path that no spelling turns into one of ours; such a path goes its way and is not found.</summary>
    public static string? Of(string path)
    {
        var canonical = new StringBuilder(path.Length);
        foreach (var c in path)
        {
            if (!IsOurs(c)) return null;
            if (c == '/' && canonical.Length > 0 && canonical[^1] == '/') continue;
            canonical.Append(char.ToLowerInvariant(c));
        }

        while (canonical.Length > 1 && canonical[^1] == '/') canonical.Length--;
        var spelling = canonical.ToString();
        foreach (var extension in Extensions)
        {
            if (!spelling.EndsWith(extension, StringComparison.Ordinal)) continue;
            spelling = spelling[..^extension.Length];
            if (spelling.EndsWith("/index", StringComparison.Ordinal)) spelling = spelling[..^"/index".Length];
            break;
        }

        spelling = PaddedMonth(spelling);
        if (spelling.EndsWith(FirstPage, StringComparison.Ordinal)) spelling = spelling[..^FirstPage.Length];
        return spelling.Length == 0 ? "/" : spelling;
    }

    private static bool IsOurs(char c) => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.' or '~' or '@';

    // “/2024/9/slug” means “/2024/09/slug”.
    private static string PaddedMonth(string path) =>
        path.Length >= 7 && path[0] == '/' && path.AsSpan(1, 4).ContainsAnyExceptInRange('0', '9') is false &&
        path[5] == '/' && char.IsAsciiDigit(path[6]) && (path.Length == 7 || path[7] == '/')
            ? $"{path[..6]}0{path[6..]}"
            : path;
}
