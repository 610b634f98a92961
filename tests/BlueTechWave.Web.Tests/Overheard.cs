using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;

namespace BlueTechWave.Web.Tests;

/// <summary>What the site says to its log. Only what is fatal, unless a test lets it say more.</summary>
public sealed class Overheard : ILogEventSink
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public void Emit(LogEvent logEvent) => _lines.Enqueue($"{logEvent.Level}: {logEvent.RenderMessage(CultureInfo.InvariantCulture)}");
}
