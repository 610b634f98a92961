using System.Text;
using System.Text.Json;
using BlueTechWave.Core.Articles;

namespace BlueTechWave.Core.Exchange.Ghost;

/// <summary>A text of Ghost's editor before Lexical (Mobiledoc 0.3) as HTML.</summary>
internal sealed class Mobiledoc(JsonElement document, ISet<string> notes)
{
    private const int Text = 0;
    private const int Atom = 1;
    private const int Words = 1;
    private const int Picture = 2;
    private const int List = 3;
    private const int Card = 10;

    private static readonly HashSet<string> Marks = ["strong", "b", "em", "i", "s", "del", "u", "sub", "sup", "mark", "code"];

    private readonly StringBuilder _html = new();

    /// <returns>Null for what is no Mobiledoc.</returns>
    public static string? Html(JsonElement document, ISet<string> notes)
    {
        if (document.Part("sections").ValueKind != JsonValueKind.Array) return null;
        var mobiledoc = new Mobiledoc(document, notes);
        foreach (var section in document.Items("sections")) mobiledoc.Append(section);
        return mobiledoc._html.ToString();
    }

    private void Append(JsonElement section)
    {
        switch (section.At(0).Number())
        {
            case Words: AppendWords(section); break;
            case Picture: _html.Append(GhostCards.Picture(section.At(1).Text(), "", "")); break;
            case List: AppendList(section); break;
            case Card: AppendCard(document.Part("cards").At(section.At(1).Number())); break;
            default: notes.Add("A part of its Mobiledoc is of no known kind, and not kept"); break;
        }
    }

    private void AppendWords(JsonElement section)
    {
        var tag = section.At(1).Text().ToLowerInvariant() switch
        {
            ['h', >= '1' and <= '6'] heading => heading,
            "blockquote" or "aside" or "pull-quote" => "blockquote",
            "pre" => "pre",
            _ => "p",
        };
        _html.Append('<').Append(tag).Append('>');
        AppendMarkers(section.At(2));
        _html.Append("</").Append(tag).Append('>');
    }

    private void AppendList(JsonElement section)
    {
        var tag = section.At(1).Text() == "ol" ? "ol" : "ul";
        _html.Append('<').Append(tag).Append('>');
        foreach (var item in section.At(2).Items())
        {
            _html.Append("<li>");
            AppendMarkers(item);
            _html.Append("</li>");
        }

        _html.Append("</").Append(tag).Append('>');
    }

    /// <summary>Each opens signs, says something, and closes as many signs as it counts.</summary>
    private void AppendMarkers(JsonElement markers)
    {
        var open = new Stack<string>();
        foreach (var marker in markers.Items())
        {
            foreach (var index in marker.At(1).Items()) open.Push(Opened(document.Part("markups").At(index.Number())));
            AppendMarker(marker);
            for (var closed = marker.At(2).Number(); closed > 0 && open.TryPop(out var close); closed--) _html.Append(close);
        }

        while (open.TryPop(out var close)) _html.Append(close);
    }

    private void AppendMarker(JsonElement marker)
    {
        switch (marker.At(0).Number())
        {
            case Text: _html.Append(PlainParagraphs.Escape(marker.At(3).Text())); break;
            case Atom when document.Part("atoms").At(marker.At(3).Number()) is var atom && atom.At(0).Text() == "soft-return": _html.Append("<br>"); break;
            case Atom:
                var other = document.Part("atoms").At(marker.At(3).Number());
                notes.Add($"The sign “{GhostText.Plain(other.At(0).Text())}” is unknown here: its words stay");
                _html.Append(PlainParagraphs.Escape(other.At(1).Text()));
                break;
        }
    }

    /// <returns>What closes it again.</returns>
    private string Opened(JsonElement markup)
    {
        var tag = markup.At(0).Text().ToLowerInvariant();
        if (tag == "a")
        {
            var told = markup.At(1).Items();
            var href = Enumerable.Range(0, told.Count / 2).Where(i => told[2 * i].Text() == "href").Select(i => told[2 * i + 1].Text()).FirstOrDefault() ?? "";
            _html.Append("<a href=\"").Append(PlainParagraphs.Escape(href)).Append("\">");
            return "</a>";
        }

        if (!Marks.Contains(tag)) return "";
        _html.Append('<').Append(tag).Append('>');
        return $"</{tag}>";
    }

    private void AppendCard(JsonElement card)
    {
        var (name, payload) = (card.At(0).Text(), card.At(1));
        if (GhostCards.Html(name, payload, notes) is { } html)
        {
            _html.Append(html);
            return;
        }

        notes.Add($"The card “{GhostText.Plain(name)}” is unknown here: its words stay");
        if (GhostCards.Words(payload) is { Length: > 0 } words) _html.Append("<p>").Append(PlainParagraphs.Escape(words)).Append("</p>");
    }
}
