using System.Diagnostics;
using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Data;
using BlueTechWave.Core.Tests.Exchange;
using BlueTechWave.Core.Tests.Pictures;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Web.Tests.Cli;

/// <summary>An import in a process of its own, which dies or is stopped in the middle; and the same command once more.</summary>
public class CutOffImportTests
{
    private const int Articles = 500;
    private const int Pictures = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [Theory, EachStore]
    public async Task A_killed_import_ends_as_one_that_nothing_disturbed(Store store)
    {
        await using var undisturbed = await NewsSite.OpenEmptyAsync(store);
        Assert.Equal(0, (await Importing.RunAsync(undisturbed, Export(), await MediaAsync(undisturbed))).Code);
        await using var site = await NewsSite.OpenEmptyAsync(store);
        using (var import = await StartAsync(site))
        {
            import.Process.Kill();
            await import.Process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(await ArrivedAsync(site), 1, Articles - 1);
        var (code, said, _) = await Importing.RunAsync(site, Export(), await MediaAsync(site));

        Assert.True(code == 0, said);
        Assert.Equal(await CountsAsync(undisturbed), await CountsAsync(site));
        Assert.True(await site.AskAsync(async db => (await StoreCheck.MendAsync(db)).IsClean));
    }

    [Theory, EachStore]
    public async Task A_stopped_import_says_in_one_line_that_the_same_command_goes_on(Store store)
    {
        await using var site = await NewsSite.OpenEmptyAsync(store);
        using var import = await StartAsync(site);

        using (var stop = Process.Start("kill", ["-TERM", $"{import.Process.Id}"])) await stop.WaitForExitAsync(TestContext.Current.CancellationToken);
        await import.Process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.NotEqual(0, import.Process.ExitCode);
        Assert.Equal("Stopped. What was stored is whole; the same command goes on from there.", (await import.Refused).Trim());
        Assert.InRange(await ArrivedAsync(site), 1, Articles - 1);
        Assert.Equal(0, await site.AskAsync(db => db.Articles.CountAsync(a => a.Status != ArticleStatus.Published || a.CommentCount != 1)));
        Assert.Equal(0, (await Importing.RunAsync(site, Export(), await MediaAsync(site))).Code);
        Assert.Equal(Articles, await ArrivedAsync(site));
    }

    private static string Export()
    {
        var export = new Wxr();
        for (var i = 1; i <= Pictures; i++) export.Picture(10_000 + i, $"{i}.jpg", $"Boat {i}");
        for (var i = 1; i <= Articles; i++) export.Post(i, $"Tide {i}", link: $"{Wxr.Site}/stories/{i}.html", more: Wxr.Comment(i, "Wet.") + Wxr.Meta("_thumbnail_id", $"{10_000 + (i % Pictures) + 1}"));
        return export.ToString();
    }

    private static async Task<string[]> MediaAsync(NewsSite site)
    {
        var folder = Directory.CreateDirectory(Path.Combine(site.Folder, "uploads")).FullName;
        for (var i = 1; i <= Pictures; i++) await File.WriteAllBytesAsync(Path.Combine(folder, $"{i}.jpg"), Photograph.Jpeg(300, 200, i));
        return ["--media", folder];
    }

    /// <summary>Comes back once some of it has arrived.</summary>
    private static async Task<Started> StartAsync(NewsSite site)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "BlueTechWave.Web.dll"), .. await Importing.ArgumentsAsync(site, Export(), await MediaAsync(site))]) start.ArgumentList.Add(argument);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The import did not start.");
        var import = new Started(process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        for (var since = Stopwatch.StartNew(); await ArrivedAsync(site) == 0;)
        {
            if (process.HasExited) Assert.Fail($"It ended by itself: {await import.Said}{await import.Refused}");
            Assert.True(since.Elapsed < Patience, "Nothing arrives.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        Assert.False(process.HasExited, "It was done before it could be stopped.");
        return import;
    }

    private static Task<int> ArrivedAsync(NewsSite site) => site.AskAsync(db => db.Articles.CountAsync());

    /// <summary>Of everything an import makes.</summary>
    private static Task<string> CountsAsync(NewsSite site) => site.AskAsync(async db =>
        $"{await db.Articles.CountAsync()} {await db.Revisions.CountAsync()} {await db.Comments.CountAsync()} {await db.Pictures.CountAsync()} {await db.Redirects.CountAsync()} {await db.Categories.CountAsync()} {await db.Tags.CountAsync()} {await db.Authors.CountAsync()} {await db.ImportedItems.CountAsync()} {await db.ListingEntries.CountAsync()} {await db.Articles.CountAsync(a => a.Picture != null)}");

    private sealed record Started(Process Process, Task<string> Said, Task<string> Refused) : IDisposable
    {
        public void Dispose()
        {
            if (!Process.HasExited) Process.Kill();
            Process.Dispose();
        }
    }
}
