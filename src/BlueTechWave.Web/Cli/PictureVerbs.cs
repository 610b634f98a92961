using System.CommandLine;
using Amazon.Runtime;
using BlueTechWave.Core.Pictures;
using BlueTechWave.Web.Media;

namespace BlueTechWave.Web.Cli;

/// <summary><c>picture …</c>: the files of pictures, for whoever runs the machine.</summary>
internal static class PictureVerbs
{
    public static Command All()
    {
        var picture = new Command("picture", "The files of pictures: move.");
        picture.Subcommands.Add(Move());
        return picture;
    }

    private static Command Move()
    {
        var from = Store("--from", "Where pictures are: disk or s3.");
        var to = Store("--to", "Where they are to be: disk or s3.");
        var remove = new Option<bool>("--delete") { Description = "Once all are there and were compared, removes them from where they were." };
        var verb = new Command("move", "Copies all pictures to another store while the site serves, and reads each back. Stopped and run again, it goes on where it was.") { from, to, remove };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, stop) => MoveAsync(parsed, parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(remove), stop));
        return verb;
    }

    private static Option<string> Store(string name, string what) => new(name) { Description = what, Required = true };

    private static async Task<int> MoveAsync(ParseResult parsed, string from, string to, bool remove, CancellationToken stop)
    {
        var (say, refuse) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
        foreach (var store in new[] { from, to })
            if (store is not ("disk" or "s3")) return await RefuseAsync($"“{store}” is no store of pictures: disk or s3.");
        if (from == to) return await RefuseAsync($"Pictures in {from} need not be moved to {to}.");

        await using var app = Site.Builder([.. parsed.UnmatchedTokens]).Build();
        var stores = app.Services.GetRequiredService<PictureStores>();
        IPictureStore old = Open(from), other = Open(to);
        using (old as IDisposable)
        using (other as IDisposable)
        {
            try
            {
                var clock = app.Services.GetRequiredService<TimeProvider>();
                await say.WriteLineAsync("Looking at what both stores have.");
                var report = await new PictureMove(old, other).RunAsync(remove, new MoveProgress(say, clock), stop);
                await say.WriteLineAsync($"{report.Copied:N0} copied and read back, {report.There:N0} there already{(remove ? $", {report.Removed:N0} removed from {from}" : "")}.");
                return report.Unlike.Count == 0 ? 0 : await RefuseAsync(
                    $"{report.Unlike.Count:N0} came back different, so nothing was removed; run this again: {string.Join(", ", report.Unlike.Take(10))}{(report.Unlike.Count > 10 ? " …" : "")}");
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return await RefuseAsync("Stopped. Run this again to go on.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or HttpRequestException or AmazonServiceException or AmazonClientException)
            {
                return await RefuseAsync($"{e.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ')}. Run this again to go on.");
            }
        }

        IPictureStore Open(string store) => stores.Open(store == "s3" ? "S3" : "Disk");

        async Task<int> RefuseAsync(string why)
        {
            await refuse.WriteLineAsync(why);
            return 1;
        }
    }
}
