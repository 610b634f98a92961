namespace BlueTechWave.Web.Jobs;

/// <summary>Lets one in after the other: what a job does by itself and what it is asked to do never meet, and who comes second finds it done.</summary>
#pragma warning disable CA1001 // Without its handle there is nothing to dispose of, and a job that is cut off still ends its turn.
internal sealed class Turns
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Waits for a turn, which lasts until what is returned is disposed of.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken cancellation = default)
    {
        await _one.WaitAsync(cancellation);
        return new Turn(_one);
    }

    private sealed class Turn(SemaphoreSlim one) : IDisposable
    {
        public void Dispose() => one.Release();
    }
}
