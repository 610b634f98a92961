namespace BlueTechWave.Web.Jobs;

internal static class Waiting
{
    /// <summary>Waits until the next round. Rounds that a leap of the clock has passed over are one.</summary>
    /// <returns>False when the site stops.</returns>
    public static async Task<bool> WaitAsync(this TimeProvider clock, TimeSpan between, CancellationToken stopping)
    {
        await Task.Delay(between, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !stopping.IsCancellationRequested;
    }
}
