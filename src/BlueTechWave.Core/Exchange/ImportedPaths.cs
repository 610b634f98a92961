using BlueTechWave.Core.Articles;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Core.Redirects;
using Microsoft.EntityFrameworkCore;

namespace BlueTechWave.Core.Exchange;

/// <summary>Leaves redirects at the addresses of the old site, so that whoever comes by one arrives in one step.</summary>
internal sealed class ImportedPaths(ImportRun run)
{
    public Task LeaveAsync(IEnumerable<(Article Article, string Now, IReadOnlyList<string> Paths)> moved, Action<Action<ImportReport>> tell) =>
        LeaveAsync(moved.SelectMany(m => m.Paths.Select(path => (path, m.Now, m.Article.Status == ArticleStatus.Withdrawn, (Func<string, Redirect>)(from => new Redirect(from, m.Article))))), tell);

    public Task LeaveAsync(string path, string now, Action<Action<ImportReport>> tell) => LeaveAsync([(path, now, false, from => new Redirect(from, now))], tell);

    /// <summary>A file leads to the picture and not to an address of it, which is another after every crop.</summary>
    public Task LeaveAsync(string path, Picture picture, Action<Action<ImportReport>> tell) => LeaveAsync([(path, "the picture", false, from => new Redirect(from, picture.Address))], tell);

    /// <summary>Lists are where they were: its front page, its feeds and its archives. What stood in a folder of its host stands at the root.</summary>
    public async Task LeaveListsAsync(string folder, string feed, IReadOnlyCollection<string> months, Action<Action<ImportReport>> tell)
    {
        if (folder.Length == 0) tell(report => report.Answers("/", "200"));
        (string Was, string Now)[] lists = [("", "/"), ($"/{feed}", "/feed"), ("/comments/feed", "/comments/feed"), .. months.SelectMany(month => new[] { $"/{month[..4]}", $"/{month}" }).Distinct().Select(list => (list, list))];
        await LeaveAsync(lists.Select(list => ($"{folder}{list.Was}/", list.Now, false, (Func<string, Redirect>)(from => new Redirect(from, list.Now)))), tell);
        await run.Db.SaveChangesAsync();
        run.Db.ChangeTracker.Clear();
    }

    private async Task LeaveAsync(IEnumerable<(string Path, string Now, bool IsWithdrawn, Func<string, Redirect> Make)> moves, Action<Action<ImportReport>> tell)
    {
        var wanted = moves.SelectMany(m => Spellings(m.Path).Select(from => (From: from, m.Path, m.Now, m.IsWithdrawn, m.Make))).DistinctBy(m => m.From).ToList();
        var asked = wanted.Select(m => m.From).ToList();
        var taken = await run.Db.Redirects.Where(r => asked.Contains(r.From)).Select(r => r.From).ToHashSetAsync();
        foreach (var (from, path, now, isWithdrawn, make) in wanted)
        {
            if (from == now) tell(report => report.Answers(path, Answer()));
            else if (from.Length > Redirect.FromLength) tell(report => report.Note("An old address is longer than any redirect", from[..60]));
            else
            {
                if (!taken.Contains(from)) run.Db.Redirects.Add(make(from));
                tell(report => report.Answers(path, Answer()));
            }

            string Answer() => (path == now, isWithdrawn) switch
            {
                (true, false) => "200",
                (true, true) => "410: it is withdrawn here",
                (false, false) => $"301 to {now}",
                (false, true) => $"301 to {now}, which answers 410: it is withdrawn here",
            };
        }
    }

    /// <summary>One that has letters of its own is asked for as it was written, with its last slash or without.</summary>
    private static string[] Spellings(string path) =>
        Spelling.Of(path) is { } spelled ? spelled == "/" ? [] : [spelled] : [path.TrimEnd('/'), path.TrimEnd('/') + "/"];
}
