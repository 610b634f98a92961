using System.Collections.Concurrent;
using System.Globalization;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting.Compact;

namespace BlueTechWave.Web.Tests;

/// <summary>What the site says to its log. Only what is fatal, unless a test lets it say more.</summary>
public sealed class Overheard : ILogEventSink
{
    private static readonly RenderedCompactJsonFormatter Json = new();

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The same with all that belongs to it, as a file of logs has it.</summary>
    public IReadOnlyCollection<string> Events => _events;

    public void Emit(LogEvent logEvent)
    {
        _lines.Enqueue($"{logEvent.Level}: {logEvent.RenderMessage(CultureInfo.InvariantCulture)}");
        using StringWriter whole = new();
        Json.Format(logEvent, whole);
        _events.Enqueue(whole.ToString());
    }
}
