using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// The pictures of one site, and how its texts name them: by number, and by the address of the file or of any size cut from it.
/// A large site has very many: they are written down, by their number in the file.
/// </summary>
internal sealed partial class WordpressPictures(Notebook notes)
{
    /// <summary>On an image that is in the library: how Markdown names it.</summary>
    public const string Mark = "data-picture";

    public const string Elsewhere = "A picture in the text lies on another site: here it is a link to it";

    private const string Whole = "pictures";
    private const string ById = "by id";
    private const string ByPath = "by path";

    private readonly HashSet<string> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private string _first = "";
    private string _host = "";
    private int _count;

    /// <summary>The address of the site: a file of the same name elsewhere is another.</summary>
    public string Site
    {
        set => _host = Uri.TryCreate(value, UriKind.Absolute, out var address) ? Bare(address.Authority) : "";
    }

    public void Add(IncomingPicture picture)
    {
        var number = (++_count).ToString(CultureInfo.InvariantCulture);
        notes.Add(Whole, number, JsonSerializer.Serialize(picture));
        notes.Add(ByPath, picture.FilePath, number);
        _hosts.Add(HostOf(picture.Url));
        if (_count == 1) _first = picture.Url;
        if (notes.Add(ById, picture.Id, number) && picture.ParentId.Length > 0 && IsPicture().IsMatch(picture.FilePath)) notes.Add(Under(picture.ParentId), number, number);
    }

    /// <summary>All of them, in their order; what they become meanwhile is known afterwards.</summary>
    public IEnumerable<IncomingPicture> All()
    {
        foreach (var kept in notes.All(Whole))
        {
            var picture = Read(kept);
            picture.Arrived = Keep;
            yield return picture;
        }
    }

    private void Keep(IncomingPicture arrived)
    {
        if (notes.Find(ById, arrived.Id) is { } number) notes.Set(Whole, number, JsonSerializer.Serialize(arrived));
    }

    public IncomingPicture? WithId(string id) => Numbered(notes.Find(ById, id));

    public IEnumerable<IncomingPicture> BroughtFor(string id) => id.Length == 0 ? [] : notes.All(Under(id)).Select(Numbered).OfType<IncomingPicture>();

    private IncomingPicture? Numbered(string? number) => number is null ? null : notes.Find(Whole, number) is { } kept ? Read(kept) : null;

    private static IncomingPicture Read(string kept) => JsonSerializer.Deserialize<IncomingPicture>(kept)!;

    private static string Under(string parent) => $"under {parent}";

    /// <summary>Those a text may show: enough to tell whether it has to be set anew.</summary>
    public IEnumerable<IncomingPicture> In(string source, string id)
    {
        var named = Address().Matches(source).Select(m => At(m.Value))
            .Concat(Number().Matches(source).SelectMany(m => m.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries)).Select(WithId))
            .OfType<IncomingPicture>();
        return (source.Contains("[gallery", StringComparison.OrdinalIgnoreCase) ? named.Concat(BroughtFor(id)) : named).DistinctBy(p => p.Id);
    }

    /// <summary>Puts the library's pictures where the old site's were. Those that have not arrived stay what they were.</summary>
    public void Hang(IDocument page, ISet<string> notes)
    {
        foreach (var image in page.QuerySelectorAll("img"))
        {
            var source = image.GetAttribute("src")?.Trim() ?? "";
            if (!IsOurs(source))
            {
                if (source.Contains("//", StringComparison.Ordinal)) notes.Add(Elsewhere);
                continue;
            }

            if ((At(source) ?? OfClass(image)) is not { Ours: { } ours } picture)
            {
                notes.Add("A picture in the text has not arrived: it leads to where it was");
                continue;
            }

            // A link from a picture to its own file is none a reader misses.
            if (image.ParentElement is { LocalName: "a", ChildElementCount: 1 } link && link.TextContent.Trim().Length == 0 && At(link.GetAttribute("href")?.Trim() ?? "")?.Id == picture.Id) link.Replace(image);
            image.SetAttribute(Mark, Picture.AddressOf(ours));
            // In HTML that stays HTML nobody can name one of the library's; but its old path is one of ours now, and leads to it.
            if (Uri.TryCreate(picture.Url, UriKind.Absolute, out var file)) image.SetAttribute("src", file.AbsolutePath);
            // Where nothing is said here, what the library says stands.
            if (FileName.Resembles(image.GetAttribute("alt") ?? "", picture.FilePath)) image.SetAttribute("alt", "");
        }
    }

    private IncomingPicture? OfClass(IElement image) => Number().Match($"\"{image.ClassName}\"") is { Success: true } named ? WithId(named.Groups[1].Value.Trim()) : null;

    private IncomingPicture? At(string address) =>
        IsOurs(address) ? Numbered(UploadsFolder.Spellings(WordpressText.Upload(address)).Select(path => notes.Find(ByPath, path)).FirstOrDefault(number => number is not null)) : null;

    // A network that serves a site's pictures has the site's name in its addresses, or is where the pictures are said to be.
    private bool IsOurs(string address)
    {
        var at = address.IndexOf(WordpressText.Uploads, StringComparison.Ordinal);
        if (at < 0) return WordpressText.Upload(address).Length > 0 && _hosts.Contains(HostOf(address));
        var before = address[..at];
        if (!before.Contains("//", StringComparison.Ordinal)) return true;
        return _host.Length > 0 && $"/{Bare(before[(before.IndexOf("//", StringComparison.Ordinal) + 2)..])}/".Contains($"/{_host}/", StringComparison.OrdinalIgnoreCase) || _count > 0 && _first.StartsWith(before, StringComparison.OrdinalIgnoreCase);
    }

    private static string HostOf(string address) => Host().Match(address).Groups[1].Value;

    private static string Bare(string host) => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host;

    [GeneratedRegex(@"(?:https?:)?(?:[^\s""'<>\[\]()]*/uploads/|//[^\s""'<>\[\]()]+/[0-9]{4}/[0-9]{2}/)[^\s""'<>\[\]()]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    /// <summary>WordPress.com puts a network of its own before the host that a file is on.</summary>
    [GeneratedRegex(@"//(?:i[0-9]\.wp\.com/)?(?:www\.)?([^/?#]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Host();

    [GeneratedRegex(@"(?:\bwp-image-|\bids=[""']?|\binclude=[""']?)([0-9][0-9, ]*)")]
    private static partial Regex Number();

    [GeneratedRegex(@"\.(?:jpe?g|png|gif|webp|avif|heic)$", RegexOptions.IgnoreCase)]
    private static partial Regex IsPicture();
}
