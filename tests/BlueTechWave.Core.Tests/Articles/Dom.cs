using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Xunit;

namespace BlueTechWave.Core.Tests.Articles;

/// <summary>Reads pressed HTML as a browser does and says what may not be in it; written apart from the code under test.</summary>
internal static class Dom
{
    private static readonly HashSet<string> Elements =
    [
        .. ("p h2 h3 h4 h5 h6 pre hr div blockquote figure figcaption details summary ul ol li dl dt dd table caption colgroup col thead tbody "
            + "tfoot tr td th a b strong i em u s del ins sub sup mark kbd abbr cite q small time code samp var span dfn br wbr img input").Split(' '),
    ];

    private static readonly HashSet<string> Attributes =
    [
        .. ("href src alt title class id width height colspan rowspan scope datetime open start reversed value lang dir type checked disabled "
            + "data-article data-video rel loading decoding aria-label").Split(' '),
    ];

    private static readonly HashSet<string> Classes =
    [
        .. ("note our-take warning gallery also video video-link center end footnotes footnote-ref footnote-back-ref contains-task-list "
            + "task-list-item").Split(' '),
    ];

    public static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument("<!doctype html><html><body>" + html);

    public static void AssertSafe(string html, bool withImages = true)
    {
        using var page = Parse(html);
        Assert.Empty(page.Head!.Children);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            Assert.True(Elements.Contains(element.LocalName) && (withImages || element.LocalName != "img"), $"<{element.LocalName}> in {html}");
            foreach (var attribute in element.Attributes)
                Assert.True(Attributes.Contains(attribute.Name), $"{attribute.Name} on <{element.LocalName}> in {html}");
            foreach (var name in element.ClassList) Assert.Contains(name, Classes);

            if (element.GetAttribute("href") is { } href) AssertLeads(href);
            if (element.GetAttribute("src") is { } src) AssertOurs(src);
            if (element.LocalName == "input") Assert.Equal("checkbox", element.GetAttribute("type"));
            if (element.LocalName == "input") Assert.True(element.HasAttribute("disabled"));
        }

        Assert.Empty(page.Descendants<IComment>());
        var ids = page.Body.QuerySelectorAll("[id]").Select(e => e.Id).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static void AssertLeads(string href)
    {
        // As a browser reads it: white space and control characters gone first.
        var read = string.Concat(href.Where(c => c > ' '));
        var end = read.IndexOfAny([':', '/', '?', '#']);
        if (end >= 0 && read[end] == ':') Assert.Contains(read[..end].ToLowerInvariant(), new[] { "https", "http", "mailto", "tel" });
    }

    private static void AssertOurs(string src)
    {
        Assert.StartsWith("/", src);
        Assert.DoesNotContain('\\', src);
        Assert.False(src.StartsWith("//", StringComparison.Ordinal), src);
        Assert.DoesNotContain(src, c => char.IsControl(c));
    }
}
