using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>A reporter writes: keys, toolbar, dialogs, and what the form gets of it.</summary>
public class WritingTests(Newsstand newsstand)
{
    [Fact]
    public async Task An_article_is_written_with_the_keyboard_alone()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand);
        await desk.Page.GetByLabel("Headline").FocusAsync();
        await desk.PressAsync("Tab");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Heading 2 (H2)");
        await desk.PressAsync("Tab");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Body");
        await desk.PressAsync("Alt+2");
        await desk.TypeAsync("What happened");
        await desk.PressAsync("Enter");
        await desk.TypeAsync("A ");
        await desk.PressAsync("Control+b");
        await desk.TypeAsync("cable");
        await desk.PressAsync("Control+b");
        await desk.TypeAsync(" failed.");
        await desk.PressAsync("Enter");
        await desk.TypeAsync("- one");
        await desk.PressAsync("Enter");
        await desk.TypeAsync("two");

        // Escape leads to the toolbar, arrows through it, Escape back.
        await desk.PressAsync("Escape");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Heading 2 (H2)");
        await desk.PressAsync("End");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Markdown");
        await desk.PressAsync("Escape");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Body");
        // In a list too, Tab goes on through the page.
        await desk.PressAsync("Tab");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Attribution");

        Assert.Equal("## What happened\n\nA **cable** failed.\n\n- one\n- two\n", await desk.MarkdownAsync());
        Assert.Empty(desk.Reporter.Complaints);
    }

    [Fact]
    public async Task The_field_follows_what_is_typed_and_says_so()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words.\n");
        await desk.Page.EvaluateAsync("document.addEventListener('input', e => { if (e.target.id === 'Body') window.told = e.target.value; })");
        await desk.Body.ClickAsync();
        await desk.PressAsync("End");
        await desk.TypeAsync(" More");

        await desk.UntilAsync("window.told === 'Words. More\\n'");
        await Expect(desk.Page.Locator("[data-words]")).ToHaveTextAsync("2 words, 1 min");
    }

    [Fact]
    public async Task A_form_sent_in_mid_sentence_has_the_last_letter()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words.\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("End");
        await desk.TypeAsync(" More");
        await desk.Page.EvaluateAsync("document.querySelector('form').requestSubmit()");
        await Expect(desk.Page.Locator(".article-body")).ToHaveTextAsync("Words. More");

        Assert.Equal("Words. More\r\n", desk.Saved);
    }

    [Fact]
    public async Task An_article_of_ours_is_found_by_words_and_linked_by_identity()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "See the mesh\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("End");
        await desk.PressAsync("Control+Shift+ArrowLeft");
        await desk.PressAsync("Control+k");
        await desk.TypeAsync("mesh");
        await Expect(desk.Page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await desk.PressAsync("ArrowDown");
        await desk.PressAsync("Enter");
        await desk.PressAsync("Enter");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Body");
        Assert.Equal("See the [mesh](article:12)\n", await desk.MarkdownAsync());

        await desk.PressAsync("End");
        await desk.Reporter.Button("Also read").ClickAsync();
        await desk.TypeAsync("mesh");
        await desk.Page.GetByRole(AriaRole.Option).Last.ClickAsync();
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator(".article-body .also")).ToHaveTextAsync("Also read: A second mesh");
        Assert.Equal("See the [mesh](article:12)\n\nAlso read: <article:13>\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task A_figure_needs_words_for_those_who_do_not_see_it()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words\n");
        await desk.Body.ClickAsync();
        await desk.Reporter.Button("Figure").ClickAsync();
        await desk.TypeAsync("/img/art/pic-mesh.svg");
        await desk.PressAsync("Enter");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Alternative text");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleDescriptionAsync("What one sees, for those who do not see it. Say what the picture shows.");
        await desk.TypeAsync("Nodes of a mesh");
        await desk.PressAsync("Tab");
        await desk.TypeAsync("Caption");
        await desk.PressAsync("Enter");
        await Expect(desk.Page.Locator(".article-body figure")).ToBeVisibleAsync();

        Assert.Equal("Words\n\n![Nodes of a mesh](/img/art/pic-mesh.svg \"Caption\")\n", await desk.MarkdownAsync());
        Assert.Empty(desk.Reporter.Complaints);
    }

    [Fact]
    public async Task A_film_comes_from_the_toolbar_once_it_is_one_and_has_a_name()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words\n");
        await desk.Body.ClickAsync();
        await desk.Reporter.Button("Video").ClickAsync();
        await desk.TypeAsync("https://example.org/film.mp4");
        await desk.PressAsync("Enter");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleDescriptionAsync("This is no film at YouTube or Vimeo.");
        await desk.Reporter.Focused.FillAsync("https://vimeo.com/76979871");
        await desk.PressAsync("Enter");
        await Expect(desk.Reporter.Focused).ToHaveAccessibleNameAsync("Title of the film");
        await desk.TypeAsync("A night on deck");
        await desk.PressAsync("Enter");

        Assert.Equal("Words\n\n![A night on deck](https://vimeo.com/76979871)\n", await desk.MarkdownAsync());
        Assert.Empty(desk.Reporter.Complaints);
    }

    [Fact]
    public async Task Boxes_footnotes_and_tables_come_from_the_toolbar()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words\n");
        await desk.Body.ClickAsync();
        await desk.Reporter.Button("Our take box").ClickAsync();
        Assert.Equal("::: our-take\nWords\n:::\n", await desk.MarkdownAsync());

        await desk.ReloadAsync("Words\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("End");
        await desk.Reporter.Button("Footnote").ClickAsync();
        await desk.TypeAsync("The source.");
        Assert.Equal("Words[^1]\n\n[^1]: The source.\n", await desk.MarkdownAsync());

        await desk.ReloadAsync("Words\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("End");
        await desk.Reporter.Button("Table").ClickAsync();
        await desk.TypeAsync("Ship");
        await desk.PressAsync("Tab");
        await desk.TypeAsync("Days");
        await desk.Reporter.Button("Table").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Numbers to the right" }).ClickAsync();
        await desk.Reporter.Button("Table").ClickAsync();
        await desk.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Column after" }).ClickAsync();
        Assert.Equal("Words\n\n| Ship | Days |  |  |\n|---|---:|---|---|\n|  |  |  |  |\n|  |  |  |  |\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task Words_are_found_and_replaced_in_both_views()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "One cable. Two **Cables**.\n\nA cable.\n");
        await desk.Body.ClickAsync();
        await desk.PressAsync("Control+f");
        await desk.TypeAsync("cable");
        await Expect(desk.Page.Locator(".found-there")).ToHaveCountAsync(3);
        await desk.Page.GetByLabel("Match case").CheckAsync();
        await desk.Page.GetByLabel("Replace with").FillAsync("line");
        await desk.Reporter.Button("Replace all").ClickAsync();
        Assert.Equal("One line. Two **Cables**.\n\nA line.\n", await desk.MarkdownAsync());

        await desk.Reporter.Button("Markdown").ClickAsync();
        await desk.Page.GetByLabel("Find", new() { Exact = true }).FillAsync("line");
        await desk.Page.GetByLabel("Replace with").FillAsync("wire");
        await desk.Reporter.Button("Replace all").ClickAsync();
        Assert.Equal("One wire. Two **Cables**.\n\nA wire.\n", await desk.Body.InputValueAsync());
        await desk.PressAsync("Escape");
        await Expect(desk.Page.GetByLabel("Find", new() { Exact = true })).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Markdown_is_one_button_away_and_back()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Words\n");
        await desk.Reporter.Button("Markdown").ClickAsync();
        await desk.Body.FillAsync("## Heading\n\n::: note\nBox\n:::\n");
        await desk.Reporter.Button("Markdown").ClickAsync();

        await Expect(desk.Page.Locator(".article-body h2")).ToHaveTextAsync("Heading");
        await Expect(desk.Page.Locator(".article-body .note")).ToHaveTextAsync("Box");
        Assert.Equal("## Heading\n\n::: note\nBox\n:::\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task A_look_at_the_markdown_costs_neither_place_nor_undo()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "One.\n\nTwo.\n\nThree.\n");
        await desk.Page.Locator(".article-body > p").Nth(1).ClickAsync();
        await desk.PressAsync("End");
        await desk.TypeAsync(" More.");
        await desk.Reporter.Button("Markdown").ClickAsync();
        Assert.Equal("One.\n\n".Length, await desk.Reporter.AskAsync<int>("document.getElementById('Body').selectionStart"));

        await desk.Reporter.Button("Markdown").ClickAsync();
        await desk.TypeAsync("!");
        Assert.Equal("One.\n\nTwo. More.!\n\nThree.\n", await desk.MarkdownAsync());
        // On a busy machine each key may be a step of its own.
        for (var i = 0; i < 8; i++) await desk.PressAsync("Control+z");
        Assert.Equal("One.\n\nTwo.\n\nThree.\n", await desk.MarkdownAsync());
    }

    [Fact]
    public async Task Text_put_in_by_a_program_is_read_as_markdown()
    {
        const string article = "## What happened\n\nA **cable** failed.\n\n- one\n- two\n";
        await using var desk = await WritingDesk.OpenAsync(newsstand, "Old words\n");
        await desk.Body.FillAsync(article);

        Assert.Equal(article, await desk.MarkdownAsync());
    }

    [Fact]
    public async Task Without_script_it_is_a_plain_field()
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, "## Words\n", script: false);
        await desk.Body.FillAsync("## Other words\n");
        await desk.Reporter.Button("Save draft").ClickAsync();

        Assert.Equal("## Other words\r\n", desk.Saved);
    }
}
