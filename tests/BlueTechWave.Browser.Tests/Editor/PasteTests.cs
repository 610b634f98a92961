namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>What other programs put on the clipboard, as the Markdown a reporter would have written.</summary>
public class PasteTests(Newsstand newsstand)
{
    [Theory]
    [InlineData("word")]
    [InlineData("docs")]
    [InlineData("web")]
    public async Task A_paste_from_elsewhere_is_clean_markdown(string from)
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Body.ClickAsync();
        await desk.PasteAsync(await ReadAsync(from + ".html"), "the same without its form");

        Assert.Equal(await ReadAsync(from + ".md"), await desk.MarkdownAsync());
        Assert.Empty(desk.Reporter.Complaints);
    }

    [Fact]
    public async Task Pasted_markdown_is_read_as_markdown()
    {
        const string markdown = "## A heading\n\nWords with **weight** and [a link](https://example.com).\n\n- one\n- two\n";
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Body.ClickAsync();
        await desk.PasteAsync("", markdown);

        Assert.Equal(markdown, await desk.MarkdownAsync());
    }

    [Fact]
    public async Task Pasted_words_stay_words()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Body.ClickAsync();
        await desk.PasteAsync("", "5 * 3 is fifteen # not a heading\n\nA second paragraph with a_b");

        Assert.Equal("5 * 3 is fifteen # not a heading\n\nA second paragraph with a_b\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task An_address_pasted_over_words_makes_a_link_of_them()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "The report\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("Control+a");
        await desk.PasteAsync("", "https://www.google.com/url?q=https://example.org/report&sa=D");

        Assert.Equal("[The report](https://example.org/report)\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task Pasted_scripts_and_handlers_do_nothing_and_leave_nothing()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Body.ClickAsync();
        await desk.PasteAsync("<p>Safe <img src=x onerror='window.hacked=1'><a href='javascript:window.hacked=1'>words</a><script>window.hacked=1</script></p>", "Safe words");

        Assert.Equal("Safe words\n", await desk.MarkdownAsync());
        Assert.False(await desk.Reporter.AskAsync<bool>("'hacked' in window"));
        Assert.Empty(desk.Reporter.Complaints);
    }

    private static async Task<string> ReadAsync(string file) =>
        (await File.ReadAllTextAsync(Path.Combine(WritingDesk.Folder, "Paste", file))).ReplaceLineEndings("\n");
}
