using System.Xml;
using BlueTechWave.Core.Data;

namespace BlueTechWave.Core.Exchange.Wordpress;

/// <summary>
/// A WordPress export (WXR 1.0, 1.1, 1.2), read as a stream, twice: once for what names something that may come later in
/// the file, once for everything. Nothing is fetched.
/// </summary>
public sealed class WordpressExport : IDisposable
{
    private readonly Func<Stream> _open;
    private readonly Notebook _notes = new();
    private readonly WordpressPictures _pictures;

    /// <param name="open">Opens the file from its beginning.</param>
    public WordpressExport(Func<Stream> open)
    {
        _open = open;
        _pictures = new(_notes);
    }

    /// <summary>The site it comes from; known once <see cref="Survey"/> has run.</summary>
    public IncomingSite Site { get; private set; } = new("", "");

    /// <summary>Whether it is an export at all.</summary>
    public bool IsOne { get; private set; }

    /// <summary>The first reading: the site, and its pictures.</summary>
    public void Survey()
    {
        string name = "", address = "", home = "";
        using var file = _open();
        foreach (var fragment in new ExportFragments(ExportText.Open(file)).Read())
        {
            IsOne |= fragment.Name.StartsWith("wp:", StringComparison.Ordinal) || fragment.Xml.Contains("<wp:post_id>", StringComparison.Ordinal);
            if (!fragment.IsWhole || TryRead(fragment) is not { } element) continue;

            switch (fragment.Name)
            {
                case "title": name = element.Text; break;
                case "link": home = element.Text; break;
                case "wp:base_blog_url": address = element.Text; break;
                case "item" when WordpressItems.Picture(element) is { } picture: _pictures.Add(picture); break;
            }
        }

        Site = new(WordpressText.Plain(name), (address.Length > 0 ? address : home).Trim().TrimEnd('/'));
        _pictures.Site = Site.Address;
    }

    /// <summary>Everything in the file, in its order but for pictures: they come first, so that texts can show them.</summary>
    /// <param name="progress">Told how many bytes have been read.</param>
    public IEnumerable<Incoming> Read(IProgress<long>? progress = null)
    {
        yield return Site;
        foreach (var picture in _pictures.All()) yield return picture;
        using var file = _open();
        var fragments = new ExportFragments(ExportText.Open(file));
        var items = new WordpressItems(new WordpressBodies(Site, _pictures), _notes);
        foreach (var fragment in fragments.Read())
        {
            foreach (var incoming in Read(fragment, items)) yield return incoming;
            progress?.Report(file.Position);
        }

        if (fragments.HasDocumentType) yield return new IncomingNote("The file declares a document type: nothing of it was read");
    }

    public void Dispose() => _notes.Dispose();

    private static IEnumerable<Incoming> Read(ExportFragment fragment, WordpressItems items)
    {
        if (fragment.Name is not ("item" or "wp:author" or "wp:category" or "wp:tag" or "wp:term" or "wp:comment")) return [];
        if (!fragment.IsWhole) return [Refuse(fragment, fragment.Xml.Length < 2000 ? "The file ends in the middle of it." : "The file ends in the middle of it, or it is larger than any article.")];

        try
        {
            var element = ElementReader.Read(fragment.Xml);
            return fragment.Name switch
            {
                "wp:author" => [items.Author(element)],
                "wp:category" => [WordpressItems.Category(element)],
                "wp:tag" => [WordpressItems.Tag(element)],
                "wp:term" => WordpressItems.Term(element),
                "wp:comment" => [WordpressItems.Stray(element)],
                _ => items.Item(element) is var item and not IncomingPicture ? [item] : [],
            };
        }
        catch (XmlException wrong)
        {
            return [Refuse(fragment, $"It is no XML: {wrong.Message}")];
        }
    }

    private static Element? TryRead(ExportFragment fragment)
    {
        try
        {
            return ElementReader.Read(fragment.Xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>Whatever can be made out of it, so that a person finds it in the file.</summary>
    private static IncomingRefusal Refuse(ExportFragment fragment, string why)
    {
        var comments = fragment.Name == "item" ? fragment.Xml.Split("<wp:comment>").Length - 1 : 0;
        return new(new(fragment.Name == "item" ? "item" : fragment.Name["wp:".Length..], Inside(fragment.Xml, "wp:post_id"), WordpressText.Plain(Inside(fragment.Xml, "title")), why, 1 + comments));
    }

    private static string Inside(string xml, string name)
    {
        var start = xml.IndexOf($"<{name}>", StringComparison.Ordinal);
        if (start < 0) return "";
        start += name.Length + 2;
        var end = xml.IndexOf('<', xml.AsSpan(start).StartsWith("<![CDATA[") ? start + 1 : start);
        var text = end < 0 ? xml[start..] : xml[start..end];
        return text.Replace("<![CDATA[", "", StringComparison.Ordinal).Replace("]]>", "", StringComparison.Ordinal);
    }
}
