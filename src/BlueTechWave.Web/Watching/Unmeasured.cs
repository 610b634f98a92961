using System.Diagnostics.Metrics;

namespace BlueTechWave.Web.Watching;

/// <summary>For a site beside the one that is measured: its numbers have a name that nobody asks for. Two of one name would be a fault to whoever reads them.</summary>
internal sealed class Unmeasured : IMeterFactory
{
    private readonly List<Meter> _made = [];

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter($"Unmeasured.{options.Name}");
        lock (_made) _made.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        lock (_made) _made.ForEach(m => m.Dispose());
    }
}
