using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace BlueTechWave.Browser.Tests;

/// <summary>axe-core asked within the page: its binding for Playwright opens another page for every question, which costs more than the answer.</summary>
internal static class Axe
{
    /// <summary>WCAG 2.2 AA.</summary>
    public static readonly object Wcag = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa" } };

    /// <summary>What a theme can break, which changes colours and nothing else.</summary>
    public static readonly object Contrast = new { type = "rule", values = new[] { "color-contrast", "link-in-text-block" } };

    /// <summary>WCAG 2.2 AA and what axe thinks good besides.</summary>
    public static readonly object GoodPractice = new { type = "tag", values = new[] { "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice" } };

    private static readonly string Script = new BundledAxeScriptProvider().GetScript();

    public static async Task FindNothingAsync(IPage page, object rules, string where)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window")) await page.EvaluateAsync(Script + ";null");
        var found = await page.EvaluateAsync<string[]>(
            """
            async runOnly => {
              const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], iframes: false });
              return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${v.help}\n  ${n.html}`));
            }
            """,
            rules);
        Assert.True(found.Length == 0, $"{where}:\n{string.Join('\n', found)}");
    }
}
