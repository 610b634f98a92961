using BlueTechWave.Core.Data;
using BlueTechWave.Web.Watching;

namespace BlueTechWave.Web.Jobs;

/// <summary>
/// The rounds of a job, each of which may fail without ending the job. A store that is away is told of once, until a round has gone
/// well again; everything else every time.
/// </summary>
/// <param name="name">Of the job, for people.</param>
/// <param name="every">From the end of one to the beginning of the next.</param>
/// <param name="trouble">What the log is told, and what happens next.</param>
internal sealed class Rounds<T>(Watch watch, ILogger<T> log, string name, TimeSpan every, string trouble)
{
    private bool _isTold;

    public async Task TryAsync(Func<Task> round, CancellationToken stopping = default)
    {
        try
        {
            using var noted = watch.Begin<T>(name, every);
            await round();
            if (_isTold) log.LogWarning("It is well again: {Trouble:l}", trouble);
            _isTold = false;
        }
        // What was given up for lack of time is a failure like others; only who stops the site ends the job.
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            var isStore = StoreTroubles.Of(e) is not null;
            if (!isStore || !_isTold) log.LogError(e, "{Trouble:l}", trouble);
            else watch.FailAgain<T>();
            _isTold |= isStore;
        }
    }
}
