using System.Collections.Concurrent;
using BlueTechWave.Core.Pictures;

namespace BlueTechWave.Core.Tests.Pictures;

/// <summary>A real store at the end of a bad wire.</summary>
internal sealed class Trying(IPictureStore store) : IPictureStore
{
    private int _begun;

    public ConcurrentBag<(string Name, string MediaType)> Put { get; } = [];

    public ConcurrentBag<string> Opened { get; } = [];

    public int FailsAfter { get; set; } = int.MaxValue;

    public string? Spoils { get; set; }

    public Func<Task>? AtFirstPut { get; set; }

    public void Recover()
    {
        FailsAfter = int.MaxValue;
        Put.Clear();
        Opened.Clear();
    }

    public async Task PutAsync(string name, Stream bytes, string mediaType, CancellationToken cancellation = default)
    {
        var begun = Interlocked.Increment(ref _begun);
        if (begun > FailsAfter) throw new IOException("The wire was cut.");
        if (begun == 1 && AtFirstPut is not null) await AtFirstPut();
        Put.Add((name, mediaType));
        // A put under way when the wire is cut gets through: which ones do must not be left to chance.
        await store.PutAsync(name, name == Spoils ? new MemoryStream(new byte[bytes.Length]) : bytes, mediaType, CancellationToken.None);
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellation = default)
    {
        Opened.Add(name);
        return store.OpenAsync(name, cancellation);
    }

    public Task<long?> LengthAsync(string name, CancellationToken cancellation = default) => store.LengthAsync(name, cancellation);

    public Task DeleteAsync(string name, CancellationToken cancellation = default) => store.DeleteAsync(name, cancellation);

    public IAsyncEnumerable<StoredFile> ListAsync(string? after = null, CancellationToken cancellation = default) => store.ListAsync(after, cancellation);
}
