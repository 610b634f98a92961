using System.Text;
using BlueTechWave.Core.Exchange.Folder;
using Xunit;

namespace BlueTechWave.Core.Tests.Exchange;

/// <summary>Whatever is written under a headline comes back from a file as it went in.</summary>
public class FrontMatterTests
{
    private const int Tries = 3000;

    private static readonly string[] Shards =
    [
        "\"", "'", ":", ": ", " #", "#", "-", "- ", "---", "\n---\n", "---\n", "\n", "\r\n", "\r", "\t", "\\", "\\n", "%", "@", "`", "&a", "*a", "!", "!!str ", "|", ">", "{", "}", "[", "]", ",", "?", "? ", "~", "null", "true", "No", "yes",
        "0x1f", "1e3", "012", "2024-09-25", "12:30:45", "<<", "=", "...", "\n...\n", " ", "  ", "🚢", "👩🏽‍🚀", "é", "e\u0301", "日本", "עברית", "\u2028", "\u2029", "\u0085", "\u00A0", "\uFEFF", "\uFFFD", "\u0007", "\u001B", "\u007F", "\uFFFE", "a", "Wave", "“so”", "–", "…",
    ];

    [Theory]
    [InlineData("He said: \"no\" – 'never' # not a comment")]
    [InlineData("- begins as a list would")]
    [InlineData("---")]
    [InlineData("  spaces before and behind  ")]
    [InlineData("Two\nlines\n\nand a third\n")]
    [InlineData("null")]
    [InlineData("yes")]
    [InlineData("2024-09-25")]
    [InlineData("🚢 ships: 👩🏽‍🚀")]
    public void A_line_that_YAML_might_misread_is_read_as_it_was_written(string text) => Assert.Equal(Said(Matter(text, text), text), Back(Matter(text, text), text));

    [Fact]
    public void Any_words_at_all_survive()
    {
        var chance = new Random(20240925);
        for (var i = 0; i < Tries; i++)
        {
            var (matter, body) = (Matter(Any(chance), Any(chance)), Any(chance));
            Assert.Equal(Said(matter, body), Back(matter, body));
        }
    }

    [Fact]
    public void The_file_is_one_that_other_readers_take_apart()
    {
        var file = FrontMatter.Write(Matter("Robots: they swim", "One\n---\ntwo"), "# Text\n\n---\n\nEnd.\n");

        var lines = file.Split('\n');
        Assert.Equal("---", lines[0]);
        Assert.Contains("headline: \"Robots: they swim\"", lines);
        Assert.Contains("also-in:", lines);
        // The second fence is the second line of its kind: none hides in the front matter.
        Assert.Equal("# Text", lines[Array.IndexOf(lines, "---", 1) + 1]);
    }

    private static ArticleMatter Matter(string one, string other) => new()
    {
        Id = 7,
        Headline = one,
        Status = "draft",
        Created = new(2024, 9, 25, 9, 30, 0, 123, DateTimeKind.Utc),
        AlsoIn = ["ai"],
        Summary = other.Length > 0 ? other : null,
        KeyPoints = [one, other],
        Authors = [new() { Author = "a", Name = other, Role = one.Length > 0 ? one : null }],
        Picture = new() { Path = "/img/art/pic.svg", Alt = one.Length > 0 ? one : null, Caption = other.Length > 0 ? other : null },
        Take = new() { Label = "OUR TAKE", Text = other, Attribution = one },
        Corrections = [new() { At = new(2024, 9, 26, 0, 0, 0, DateTimeKind.Utc), Note = other }],
    };

    private static string Back(ArticleMatter matter, string body)
    {
        var (read, text) = FrontMatter.Read<ArticleMatter>(FrontMatter.Write(matter, body));
        return Said(read, text);
    }

    private static string Said(ArticleMatter matter, string body) => FrontMatter.Line(new { matter, body });

    private static string Any(Random chance)
    {
        var text = new StringBuilder();
        for (var n = chance.Next(9); n > 0; n--) text.Append(Shards[chance.Next(Shards.Length)]);
        return text.ToString();
    }
}
