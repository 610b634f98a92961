using System.Diagnostics;
using System.Text;
using BlueTechWave.Core.Data;
using BlueTechWave.Web.Tests.Nodes;

namespace BlueTechWave.Web.Tests;

/// <summary>The verb <c>check --rebuild</c>, as an operator runs it beside a site that serves and a newsroom that saves.</summary>
[OnTwoNodes]
public class RebuildTests
{
    [Theory, EachStore]
    public async Task Search_answers_and_editors_save_while_the_index_is_made_again(Store store)
    {
        await using var site = await NewsSite.OpenAsync(store);
        await site.PublishManyAsync(200);
        var wrong = await site.PublishAsync("Okapi sighted");
        using var check = Start(site);
        var said = ReadAsync(check);

        var asked = 0;
        for (var saves = 0; !check.HasExited || asked < 20; asked++)
        {
            // Another story each time: what has been asked before would come from the cache.
            var story = 100 + asked % 100;
            Assert.Contains($"/story-number-{story}\"", await site.Reader.TextAsync($"/search?q=story+number+{story}&sort={(asked < 100 ? "relevance" : "newest")}"), StringComparison.Ordinal);
            if (asked % 5 == 0 && saves++ < 5) await site.PublishAsync($"Quagga {saves}");
            if (asked == 10) await site.WithdrawAsync(wrong);
        }

        Assert.True(check.ExitCode == 0, await said);
        Assert.Contains("rows were made again", await said, StringComparison.Ordinal);
        Assert.True(await site.AskAsync(async db => (await StoreCheck.MendAsync(db)).IsClean));
        Assert.Equal((200, 0), (await CountAsync("story"), await CountAsync("okapi")));
        Assert.InRange(await CountAsync("quagga"), 1, 5);

        Task<int> CountAsync(string words) => site.AskAsync(async db => (await db.Search.FindAsync(db, new(words), CancellationToken.None)).Total);
    }

    private static Process Start(NewsSite site) => Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Web.dll"), "check", "--rebuild", "--environment=Production", $"--contentRoot={Checkout.Web}",
            $"--Site:DataDirectory={Path.GetTempPath()}", $"--Store:Provider={site.Store}", $"--ConnectionStrings:Store={site.Connection}", "--Serilog:MinimumLevel:Default=Fatal",
        ])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<string> ReadAsync(Process process)
    {
        var said = new StringBuilder();
        said.Append(await process.StandardOutput.ReadToEndAsync()).Append(await process.StandardError.ReadToEndAsync());
        return said.ToString();
    }
}
