using System.Text.RegularExpressions;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Exchange.Wordpress;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>
/// The pictures of one site. Ghost has no list of them: they are those that articles name, by the address of the file or of
/// any size cut from it.
/// </summary>
internal sealed partial class GhostPictures
{
    private const string Folder = "/content/images/";

    private readonly Dictionary<string, IncomingPicture> _byPath = [];
    private readonly HashSet<string> _said = [];

    /// <summary>Of the site, such as <c>paper.example</c>; empty where nobody has said.</summary>
    public string Host { get; set; } = "";

    /// <summary>Since Ghost 4 a whole address in a text is another site's.</summary>
    public bool IsOwnMarked { get; set; }

    public IReadOnlyCollection<IncomingPicture> All => _byPath.Values;

    /// <summary>All that stand in a text, as our own reading of it prints them.</summary>
    public void Meet(string html)
    {
        foreach (Match found in Image().Matches(html))
            Meet(WordpressText.Plain(found.Groups["src"].Value), WordpressText.Plain(found.Groups["alt"].Value), WordpressText.Plain(found.Groups["caption"].Value));
        foreach (Match found in Address().Matches(html)) Meet(found.Value, "", "");
    }

    /// <summary>One that stands somewhere. What is said of it first is said of it here; above an article it is said better than within one.</summary>
    public void Meet(string address, string alt, string caption, bool isFirst = false)
    {
        if (FileOf(address) is not { } file) return;
        var known = _byPath.GetValueOrDefault(file) ?? new(file, Folder + file, file, "", "") { Paths = [Folder + file] };
        var isSaid = alt.Length + caption.Length > 0 && (isFirst ? _said.Add(file) : known is { Alt: "", Caption: "" });
        _byPath[file] = isSaid ? known with { Alt = alt, Caption = caption } : known;
    }

    public IncomingPicture? At(string address) => FileOf(address) is { } file ? _byPath.GetValueOrDefault(file) : null;

    public IEnumerable<IncomingPicture> In(string html) => Address().Matches(html).Select(m => At(m.Value)).OfType<IncomingPicture>().Distinct();

    /// <summary>Puts the library's pictures where the old site's were. Those that have not arrived stay what they were.</summary>
    public void Hang(IDocument page, string site, ISet<string> notes)
    {
        foreach (var image in page.QuerySelectorAll("img"))
        {
            var source = image.GetAttribute("src")?.Trim() ?? "";
            if (At(source) is not { } picture)
            {
                if (source.Contains("//", StringComparison.Ordinal)) notes.Add(WordpressPictures.Elsewhere);
                continue;
            }

            if (picture.Ours is not { } ours)
            {
                notes.Add("A picture in the text has not arrived: it leads to where it was");
                image.SetAttribute("src", site + picture.Url);
                continue;
            }

            // A link from a picture to its own file is none a reader misses.
            if (image.ParentElement is { LocalName: "a", ChildElementCount: 1 } link && link.TextContent.Trim().Length == 0 && At(link.GetAttribute("href")?.Trim() ?? "") == picture) link.Replace(image);
            image.SetAttribute(WordpressPictures.Mark, Picture.AddressOf(ours));
            // In HTML that stays HTML nobody can name one of the library's; but its old path is one of ours now, and leads to it.
            image.SetAttribute("src", picture.Url);
            if (FileName.Resembles(image.GetAttribute("alt") ?? "", picture.FilePath)) image.SetAttribute("alt", "");
        }
    }

    /// <summary>Within the folder of pictures, without the size; null for what lies elsewhere.</summary>
    private string? FileOf(string address)
    {
        var at = address.IndexOf(Folder, StringComparison.Ordinal);
        if (at < 0 || !IsOurs(address[..at])) return null;
        var file = address[(at + Folder.Length)..];
        var end = file.AsSpan().IndexOfAny('?', '#');
        file = UploadsFolder.Unsized(Uri.UnescapeDataString(end < 0 ? file : file[..end]));
        return file.Length is 0 or > ImportedItem.SourceIdLength || file.Any(char.IsControl) ? null : file;
    }

    private bool IsOurs(string before)
    {
        if (before.Length == 0 || before == GhostText.Site) return true;
        var host = before[(before.IndexOf("//", StringComparison.Ordinal) + 2)..];
        return Host.Length > 0 ? Bare(host).Equals(Bare(Host), StringComparison.OrdinalIgnoreCase) : !IsOwnMarked;
    }

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    [GeneratedRegex("""<img src="(?<src>[^"]*)" alt="(?<alt>[^"]*)">(?:</a>)?(?:<figcaption>(?<caption>.*?)</figcaption>)?""", RegexOptions.Singleline)]
    private static partial Regex Image();

    [GeneratedRegex($@"(?:{GhostText.Site}|https?://[^\s""'<>\\()]*?)?/content/images/[^\s""'<>\\()]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
