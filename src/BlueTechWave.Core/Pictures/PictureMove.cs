using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace BlueTechWave.Core.Pictures;

/// <summary>
/// Carries all pictures from one store to another, while the site serves. Stopped and begun again, it copies only what is
/// missing or differs in length. Nothing counts as copied before it was read back and found the same, and nothing is
/// removed before everything was.
/// </summary>
public sealed class PictureMove(IPictureStore from, IPictureStore to)
{
    private const int AtOnce = 4;
    private const int Buffer = 1 << 16;

    private readonly ConcurrentBag<string> _unlike = [];
    private readonly Lock _counting = new();
    private PictureMoveProgress _progress = new(0, 0, 0, 0);
    private int _copied;
    private int _removed;

    /// <param name="remove">Takes away from the old store what the new one has. Then what was there before is read and compared too.</param>
    public async Task<PictureMoveReport> RunAsync(bool remove, IProgress<PictureMoveProgress>? progress = null, CancellationToken cancellation = default)
    {
        var kept = await CountAsync(remove, cancellation);
        progress?.Report(_progress);
        await Parallel.ForEachAsync(ToDoAsync(remove, cancellation), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (file, stop) =>
        {
            await CarryAsync(file.File, file.IsThere, stop);
            lock (_counting)
            {
                _progress = _progress.With(file.File);
                progress?.Report(_progress);
            }
        });

        if (remove && _unlike.IsEmpty) await RemoveAsync(cancellation);
        return new(_copied, kept + _progress.Done - _copied - _unlike.Count, _removed, [.. _unlike.Order(StringComparer.Ordinal)]);
    }

    /// <returns>How many need nothing done.</returns>
    private async Task<int> CountAsync(bool remove, CancellationToken cancellation)
    {
        var kept = 0;
        await foreach (var (file, isThere) in SideBySideAsync(cancellation))
        {
            if (isThere && !remove) kept++;
            else _progress = _progress with { Of = _progress.Of + 1, OfBytes = _progress.OfBytes + file.Length };
        }

        return kept;
    }

    private IAsyncEnumerable<(StoredFile File, bool IsThere)> ToDoAsync(bool remove, CancellationToken cancellation) =>
        SideBySideAsync(cancellation).Where(pair => remove || !pair.IsThere);

    /// <summary>Both stores list in one order, so one walk along both tells what the new one has, however many there are.</summary>
    private async IAsyncEnumerable<(StoredFile File, bool IsThere)> SideBySideAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var there = to.ListAsync(cancellation: cancellation).GetAsyncEnumerator(cancellation);
        var hasMore = await there.MoveNextAsync();
        await foreach (var file in from.ListAsync(cancellation: cancellation))
        {
            while (hasMore && string.CompareOrdinal(there.Current.Name, file.Name) < 0) hasMore = await there.MoveNextAsync();
            yield return (file, hasMore && there.Current == file);
        }
    }

    private async Task CarryAsync(StoredFile file, bool isThere, CancellationToken cancellation)
    {
        if (isThere && await AreSameAsync(file.Name, cancellation)) return;

        await using var bytes = await from.OpenAsync(file.Name, cancellation);
        // The newsroom may have removed it since it was listed.
        if (bytes is null) return;

        await to.PutAsync(file.Name, bytes, StoredName.MediaType(file.Name), cancellation);
        if (await AreSameAsync(file.Name, cancellation)) Interlocked.Increment(ref _copied);
        else _unlike.Add(file.Name);
    }

    private async Task RemoveAsync(CancellationToken cancellation)
    {
        await foreach (var (file, isThere) in SideBySideAsync(cancellation))
        {
            // What came while we copied is not there, and stays.
            if (!isThere) continue;
            await from.DeleteAsync(file.Name, cancellation);
            _removed++;
        }
    }

    private async Task<bool> AreSameAsync(string name, CancellationToken cancellation)
    {
        await using var one = await from.OpenAsync(name, cancellation);
        await using var other = await to.OpenAsync(name, cancellation);
        if (one is null) return true;
        if (other is null) return false;

        byte[] mine = ArrayPool<byte>.Shared.Rent(Buffer), theirs = ArrayPool<byte>.Shared.Rent(Buffer);
        try
        {
            while (true)
            {
                var read = await one.ReadAtLeastAsync(mine.AsMemory(0, Buffer), Buffer, throwOnEndOfStream: false, cancellation);
                var answered = await other.ReadAtLeastAsync(theirs.AsMemory(0, Buffer), Buffer, throwOnEndOfStream: false, cancellation);
                if (!mine.AsSpan(0, read).SequenceEqual(theirs.AsSpan(0, answered))) return false;
                if (read < Buffer) return true;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(mine);
            ArrayPool<byte>.Shared.Return(theirs);
        }
    }
}
