using BlueTechWave.Core.Exchange;

namespace BlueTechWave.Web.Imports;

/// <summary>How far an import has come, and how fast. Read by one while another writes.</summary>
/// <param name="bytes">Of the file.</param>
public class ImportMeter(TimeProvider clock, long bytes) : IProgress<long>
{
    private readonly long _began = clock.GetTimestamp();
    private long _done;
    private int _things;

    public int Things => Volatile.Read(ref _things);

    /// <summary>Of the file: 0 to 1.</summary>
    public double Share => bytes == 0 ? 1 : Math.Min(1, Interlocked.Read(ref _done) / (double)bytes);

    public TimeSpan Passed => clock.GetElapsedTime(_began);

    public double ASecond => Passed.TotalSeconds < 1 ? 0 : Things / Passed.TotalSeconds;

    public TimeSpan? Left => Share is > 0.01 and < 1 and var share ? TimeSpan.FromSeconds(Passed.TotalSeconds * (1 - share) / share) : null;

    /// <summary>Counts them as they are taken.</summary>
    public IEnumerable<Incoming> Counting(IEnumerable<Incoming> incoming)
    {
        foreach (var one in incoming)
        {
            Volatile.Write(ref _things, _things + one.Count);
            yield return one;
        }
    }

    public virtual void Report(long value) => Interlocked.Exchange(ref _done, value);
}
