using System.Text;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>How long it takes from a key to the letter on the screen, in a very long article.</summary>
public class TypingSpeedTests(Newsstand newsstand, ITestOutputHelper output)
{
    private const int Keys = 120;

    [Fact]
    public async Task Typing_stays_fluid_in_an_article_of_ten_thousand_words_and_sixty_figures()
    {
        var article = LongArticle();
        await using var desk = await WritingDesk.OpenAsync(newsstand, "One short paragraph.\n");
        var brief = await WaitsAsync(desk, 0);
        await desk.ReloadAsync(article);
        Assert.True(await desk.IsVisualAsync());
        Assert.Equal(60, await desk.Page.Locator(".article-body figure").CountAsync());
        var waits = await WaitsAsync(desk, 30);
        output.WriteLine($"key to paint: median {waits[Keys / 2]:N1} ms, p95 {waits[Keys * 95 / 100]:N1} ms, worst {waits[^1]:N1} ms; one paragraph: {brief[Keys / 2]:N1} ms, {brief[Keys * 95 / 100]:N1} ms");

        // However busy the machine, an article's length must not be felt in its keys.
        Assert.InRange(waits[Keys / 2], 0, Math.Max(50, 3 * brief[Keys / 2]));
        Assert.StartsWith(article[..2000], await desk.MarkdownAsync());
    }

    private static async Task<double[]> WaitsAsync(WritingDesk desk, int paragraph)
    {
        await desk.Page.Locator(".article-body > p").Nth(paragraph).ClickAsync();
        await desk.Page.EvaluateAsync(
            """
            () => {
              window.waits = [];
              if (window.watching) return;
              window.watching = true;
              document.querySelector(".article-body").addEventListener("keydown", event => {
                const pressed = event.timeStamp, channel = new MessageChannel();
                channel.port1.onmessage = () => window.waits.push(performance.now() - pressed);
                requestAnimationFrame(() => channel.port2.postMessage(null));
              }, { capture: true });
            }
            """);
        for (var i = 0; i < Keys; i++)
        {
            await desk.PressAsync(i % 6 == 5 ? "Space" : "abcde"[i % 5].ToString());
            await Task.Delay(20);
        }

        await desk.UntilAsync($"window.waits.length === {Keys}");
        return [.. (await desk.Page.EvaluateAsync<double[]>("window.waits")).Order()];
    }

    private static string LongArticle()
    {
        var text = new StringBuilder();
        for (var part = 1; part <= 60; part++)
        {
            text.Append("## Part ").Append(part).Append("\n\n");
            for (var i = 0; i < 4; i++)
                text.Append("The operators of the exchange said on Monday that the **second cable** would be lit before the end of the quarter, and that the price of ")
                    .Append("a [port](https://example.com/ports) would fall by a third once the new hall is open for tenants. ");
            text.Append("\n\n![Drawing ").Append(part).Append("](/img/art/pic-mesh.svg \"Caption ").Append(part).Append(".\")\n\n");
        }

        return text.ToString();
    }
}
