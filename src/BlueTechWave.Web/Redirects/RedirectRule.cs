using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Redirects;
using BlueTechWave.Web.Caching;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Redirects;

/// <summary>What an editor types for a redirect, put right where it can be and refused where it cannot.</summary>
public sealed class RedirectRule(NewsDbContext db, SiteFrames frames, string root)
{
    private const int HopsAtMost = 20;

    private static readonly string[] Closed = ["/newsroom", "/account", "/healthz", "/media"];

    /// <summary>The path of the old address: typed with or without the site in front of it.</summary>
    /// <returns>An error, or nothing.</returns>
    public async Task<(string From, string? Error)> FromAsync(string typed, int ownId)
    {
        var from = Inside(typed.Trim());
        if (from.Length == 0) return (from, "Please give the old address, such as /2019/05/old-story.");
        if (!from.StartsWith('/') || from.StartsWith("//", StringComparison.Ordinal)) return (from, "An old address of this site begins with a slash, such as /2019/05/old-story.");
        if (from.Length > Redirect.FromLength) return (from, $"Please keep it under {Redirect.FromLength} characters.");
        if (from.AsSpan().IndexOfAny("?#") >= 0) return (from, "What follows a ? or # is no part of an old address: leave it out.");
        if (from.Any(char.IsControl)) return (from, "That holds a character no address can have.");

        from = Spelling.Of(from) ?? from;
        if (from == "/" || Closed.Any(c => from == c || from.StartsWith(c + "/", StringComparison.Ordinal))) return (from, "That part of the site keeps its addresses.");
        if (await LivesAsync(from)) return (from, "There is a page at this address. A redirect works only where there is none.");
        if (await db.Redirects.AnyAsync(r => r.From == from && r.Id != ownId)) return (from, "There is a redirect from this address already.");
        return (from, null);
    }

    /// <summary>Where it leads, past everything that would lead on from there.</summary>
    public async Task<(string To, string? Error)> ToAsync(string typed, string from, int ownId)
    {
        var to = Inside(typed.Trim());
        if (to.Length == 0) return (to, "Please give the address it leads to.");
        if (to.Length > Redirect.ToLength) return (to, $"Please keep it under {Redirect.ToLength} characters.");
        if (!to.StartsWith('/'))
            return Uri.TryCreate(to, UriKind.Absolute, out var other) && other.Scheme is "http" or "https" && other.UserInfo.Length == 0 && !to.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
                ? (to, null)
                : (to, "Give a path of this site, such as /2024/09/new-story, or a whole address beginning with https://.");
        if (to.StartsWith("//", StringComparison.Ordinal) || to.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '\\')) return (to, "That is no address of this site.");

        for (var hop = 0; hop < HopsAtMost; hop++)
        {
            if (to == from) return (to, "That leads back to where it comes from.");
            var here = to;
            if (await db.Redirects.Where(r => r.From == here && r.Id != ownId).Select(r => r.To).FirstOrDefaultAsync() is not { } on) return (to, null);
            to = on;
        }

        return (to, "That leads in a circle.");
    }

    private string Inside(string typed) => root.Length > 0 && typed.StartsWith(root, StringComparison.OrdinalIgnoreCase) && typed.Length > root.Length && typed[root.Length] == '/' ? typed[root.Length..] : typed;

    private async Task<bool> LivesAsync(string path)
    {
        string[] parts = path[1..].Split('/');
        return parts switch
        {
            ["search" or "archives" or "api" or "feed" or "sitemap.xml" or "sitemap-news.xml" or "robots.txt"] => true,
            ["tag", var slug] => await db.Tags.AnyAsync(t => t.Slug == slug),
            ["author", var slug] => await db.Authors.AnyAsync(a => a.Slug == slug),
            ["category", ..] => (await frames.GetAsync()).CategoriesByPath.ContainsKey(string.Join('/', parts[1..])),
            [var slug] => await db.Pages.AnyAsync(p => p.Slug == slug),
            [var year, var month, var slug] when int.TryParse(year, out var y) && int.TryParse(month, out var m) =>
                await db.Articles.At(y, m, slug).AnyAsync(a => a.Status == ArticleStatus.Published || a.Status == ArticleStatus.Withdrawn),
            _ => false,
        };
    }
}
