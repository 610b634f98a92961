using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>The editor in both themes, wide and narrow: nothing for axe, the policy or the screen's edge to complain of.</summary>
public class EditorAccessTests(Newsstand newsstand)
{
    private const string Article =
        """
        ## What happened

        A **cable** [failed](https://example.com).[^1] See <article:12> and `AS64500`.

        - [x] Done
        - [ ] Not yet

        ![Nodes of a mesh](/img/art/pic-mesh.svg "A caption.")

        ![A film](https://vimeo.com/76979871)

        Also read: <article:12>

        ::: our-take
        Words of [ours](article:3).
        :::

        ::: warning
        Mind the gap.
        :::

        | Ship | Days |
        |---|---:|
        | Ile de Brehat | 12 |

        > A quote.

        <details><summary>More</summary>Raw</details>

        [^1]: The source.

        """;

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_editor_is_accessible_in_every_state(int width, ColorScheme scheme)
    {
        await using var desk = await WritingDesk.OpenAsync(newsstand, Article, width, scheme);
        Assert.True(await desk.IsVisualAsync());
        await CheckAsync(desk, "visual");

        await desk.Page.Locator(".article-body > p").First.ClickAsync();
        await desk.PressAsync("Control+f");
        await desk.TypeAsync("a");
        await CheckAsync(desk, "find");
        await desk.PressAsync("Escape");

        await desk.PressAsync("Control+k");
        await desk.TypeAsync("mesh");
        await desk.Page.GetByRole(AriaRole.Option).First.WaitForAsync();
        await CheckAsync(desk, "link");
        await desk.PressAsync("Escape");
        await desk.PressAsync("Escape");

        await desk.Reporter.Button("Markdown").ClickAsync();
        await CheckAsync(desk, "Markdown");
        Assert.Empty(desk.Reporter.Complaints);
    }

    private static async Task CheckAsync(WritingDesk desk, string state)
    {
        Assert.True(await desk.Reporter.OverflowAsync() <= 0, $"{state} is wider than the screen");
        await Axe.FindNothingAsync(desk.Page, Axe.GoodPractice, state);
    }
}
