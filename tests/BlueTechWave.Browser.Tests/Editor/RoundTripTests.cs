using BlueTechWave.Core.Articles;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>Markdown that goes through the visual view, and what comes out of it.</summary>
public class RoundTripTests(Newsstand newsstand)
{
    [Fact]
    public async Task An_article_nobody_touched_goes_out_as_it_came_in()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        foreach (var article in Corpus("Carried.md"))
        {
            await desk.ReloadAsync(article);
            Assert.True(await desk.IsVisualAsync(), $"opens as Markdown:\n{article}\nwhich would become:\n{desk.Compared.LastOrDefault()}");
            Assert.Equal(article, await desk.MarkdownAsync());
        }

        Assert.Empty(desk.Reporter.Complaints);
    }

    [Fact]
    public async Task Written_anew_an_article_reads_the_same()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        foreach (var article in Corpus("Carried.md"))
        {
            await desk.ReloadAsync(article);
            var anew = await desk.Page.EvaluateAsync<string>("document.getElementById('Body').editor.anew");
            Assert.Equal(ArticleBody.Press(article).Html, ArticleBody.Press(anew).Html);
        }
    }

    [Fact]
    public async Task An_edit_changes_the_paragraph_it_was_made_in_and_no_other_line()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        foreach (var article in Corpus("Carried.md"))
        {
            await desk.ReloadAsync("First words.\n\n" + article);
            await desk.Page.Locator(".article-body > p").First.ClickAsync(new() { Position = new() { X = 2, Y = 8 } });
            await desk.PressAsync("Home");
            await desk.TypeAsync("The ");
            Assert.Equal("The First words.\n\n" + article, await desk.MarkdownAsync());
        }
    }

    [Fact]
    public async Task The_demo_articles_open_in_the_visual_view()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(WritingDesk.Folder, "../../../src/BlueTechWave.Core/Demo/Content/articles"), "*.md"))
        {
            var text = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
            await desk.ReloadAsync(text[(text.IndexOf("\n---\n", StringComparison.Ordinal) + 5)..]);
            Assert.True(await desk.IsVisualAsync(), file);
        }
    }

    [Fact]
    public async Task What_the_visual_view_would_change_opens_as_markdown_and_says_why()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        foreach (var article in Corpus("Uncarried.md"))
        {
            await desk.ReloadAsync(article);
            Assert.False(await desk.IsVisualAsync(), $"opens in the visual view:\n{article}");
            Assert.Equal(
                "This article uses Markdown that the visual editor would change, so it opens as Markdown.",
                await desk.Page.Locator(".editor-note").TextContentAsync());
            Assert.Equal(article, await desk.MarkdownAsync());
        }
    }

    [Fact]
    public async Task When_the_site_cannot_compare_the_article_opens_as_markdown()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Page.RouteAsync("**/newsroom/articles/compare", route => route.AbortAsync());
        await desk.ReloadAsync("Setext\n------\n");

        Assert.False(await desk.IsVisualAsync());
        Assert.Equal("Setext\n------\n", await desk.Body.InputValueAsync());
    }

    private static string[] Corpus(string file) =>
        File.ReadAllText(Path.Combine(WritingDesk.Folder, file)).ReplaceLineEndings("\n").Split("\n=====\n", StringSplitOptions.RemoveEmptyEntries);
}
