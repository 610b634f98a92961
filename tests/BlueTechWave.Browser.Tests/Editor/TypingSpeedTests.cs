using System.Text;
using BlueTechWave.Browser.Tests.Newsroom;
using BlueTechWave.Core.Accounts;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests.Editor;

/// <summary>How long it takes from a key to the letter on the screen, in a very long article with its preview beside it.</summary>
public class TypingSpeedTests(Newsstand newsstand, ITestOutputHelper output)
{
    private const int Keys = 120;

    [Fact]
    public async Task Typing_stays_fluid_in_an_article_of_ten_thousand_words_and_sixty_figures()
    {
        var article = LongArticle();
        await using var reporter = await newsstand.ColleagueAsync(Role.Reporter, "Tilda Typist");
        await reporter.WriteAsync("A short one", "One short paragraph.\n");
        await reporter.SettledAsync();
        var brief = await WaitsAsync(reporter, 0);
        await reporter.WriteAsync("A very long one", article);
        await reporter.SettledAsync();
        Assert.Equal("visual", await reporter.Page.Locator(".body-editor").GetAttributeAsync("data-view"));
        Assert.Equal(60, await reporter.Page.Locator(".body-editor .article-body figure").CountAsync());
        var waits = await WaitsAsync(reporter, 30);
        output.WriteLine($"key to paint: median {waits[Keys / 2]:N1} ms, p95 {waits[Keys * 95 / 100]:N1} ms, worst {waits[^1]:N1} ms; one paragraph: {brief[Keys / 2]:N1} ms, {brief[Keys * 95 / 100]:N1} ms");

        // However busy the machine, an article's length must not be felt in its keys.
        Assert.InRange(waits[Keys / 2], 0, Math.Max(50, 3 * brief[Keys / 2]));
        await Assertions.Expect(reporter.Page.Locator("[data-state]")).ToContainTextAsync("Draft saved");
        Assert.StartsWith(article[..2000], await reporter.AskAsync<string>("document.getElementById('Body').value"));
    }

    private static async Task<double[]> WaitsAsync(Reader reporter, int paragraph)
    {
        await reporter.Page.Locator(".body-editor .article-body > p").Nth(paragraph).ClickAsync();
        await reporter.Page.EvaluateAsync(
            """
            () => {
              window.waits = [];
              document.querySelector(".body-editor .article-body").addEventListener("keydown", event => {
                const pressed = event.timeStamp, channel = new MessageChannel();
                channel.port1.onmessage = () => window.waits.push(performance.now() - pressed);
                requestAnimationFrame(() => channel.port2.postMessage(null));
              }, { capture: true });
            }
            """);
        for (var i = 0; i < Keys; i++)
        {
            await reporter.PressAsync(i % 6 == 5 ? "Space" : "abcde"[i % 5].ToString());
            await Task.Delay(20);
        }

        await reporter.UntilAsync($"window.waits.length === {Keys}");
        return [.. (await reporter.Page.EvaluateAsync<double[]>("window.waits")).Order()];
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
