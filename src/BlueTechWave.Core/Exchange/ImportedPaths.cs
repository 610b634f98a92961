using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>Leaves redirects at the addresses of the old site, so that whoever comes by one arrives in one step.</summary>
internal sealed class ImportedPaths(ImportRun run)
{
    public Task LeaveAsync(IEnumerable<(Article Article, string Now, IReadOnlyList<string> Paths)> moved, Action<Action<ImportReport>> tell) =>
        LeaveAsync(moved.SelectMany(m => m.Paths.Select(path => (path, m.Now, (Func<string, Redirect>)(from => new Redirect(from, m.Article))))), tell);

    public Task LeaveAsync(string path, string now, Action<Action<ImportReport>> tell) => LeaveAsync([(path, now, from => new Redirect(from, now))], tell);

    /// <summary>A file leads to the picture and not to an address of it, which is another after every crop.</summary>
    public Task LeaveAsync(string path, Picture picture, Action<Action<ImportReport>> tell) => LeaveAsync([(path, "the picture", from => new Redirect(from, picture.Address))], tell);

    /// <summary>What stood in a folder of its host stands at the root: its front page, its feeds and its archives.</summary>
    public async Task LeaveFolderAsync(string folder, IReadOnlyCollection<string> months, Action<Action<ImportReport>> tell)
    {
        if (folder.Length == 0) return;
        string[] lists = ["/", "/comments/feed", .. months.SelectMany(month => new[] { $"/{month[..4]}", $"/{month}" }).Distinct()];
        await LeaveAsync(lists.Select(list => ($"{folder}{list}", list, (Func<string, Redirect>)(from => new Redirect(from, list)))), tell);
        await run.Db.SaveChangesAsync();
        run.Db.ChangeTracker.Clear();
    }

    private async Task LeaveAsync(IEnumerable<(string Path, string Now, Func<string, Redirect> Make)> moves, Action<Action<ImportReport>> tell)
    {
        var wanted = moves.SelectMany(m => Spellings(m.Path).Select(from => (From: from, m.Path, m.Now, m.Make))).DistinctBy(m => m.From).ToList();
        var asked = wanted.Select(m => m.From).ToList();
        var taken = await run.Db.Redirects.Where(r => asked.Contains(r.From)).Select(r => r.From).ToHashSetAsync();
        foreach (var (from, path, now, make) in wanted)
        {
            if (from == now) tell(report => report.Answers(path, path == now ? "200" : $"301 to {now}"));
            else if (from.Length > Redirect.FromLength) tell(report => report.Note("An old address is longer than any redirect", from[..60]));
            else
            {
                if (!taken.Contains(from)) run.Db.Redirects.Add(make(from));
                tell(report => report.Answers(path, $"301 to {now}"));
            }
        }
    }

    /// <summary>One that has letters of its own is asked for as it was written, with its last slash or without.</summary>
    private static string[] Spellings(string path) =>
        Spelling.Of(path) is { } spelled ? spelled == "/" ? [] : [spelled] : [path.TrimEnd('/'), path.TrimEnd('/') + "/"];
}
