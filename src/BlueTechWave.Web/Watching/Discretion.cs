using Serilog.Core;
using Serilog.Events;

namespace BlueTechWave.Web.Watching;

/// <summary>
/// Stands before every log: nothing passes that tells who somebody is, where he is or what he has typed. What a request brought is
/// known here, so whatever an exception quotes of it goes; what was in a job's hands is known by its looks.
/// </summary>
internal sealed class Discretion(Logger listeners, IHttpContextAccessor http) : ILogEventSink, IDisposable
{
    public const string RequestId = "RequestId";

    /// <summary>Ours: no word of it comes from a form or a query.</summary>
    private static readonly HashSet<string> OurWords =
        [RequestId, "SourceContext", "RequestPath", "RequestMethod", "Method", "Scheme", "Protocol", "ConnectionId", "ActionId", "ActionName", "EndpointName", "EnvName", "ContentRoot", "address"];

    /// <summary>Somebody else's from end to end.</summary>
    private static readonly HashSet<string> NotOurs = ["QueryString", "RemoteIpAddress", "RemoteIP", "ClientIp", "UserName", "User", "UserAgent", "Email", "Cookie", "Authorization"];

    public void Emit(LogEvent logEvent)
    {
        var request = http.HttpContext;
        var sent = new Lazy<SentWords>(() => SentWords.Of(request));
        var properties = logEvent.Properties.Where(p => p.Key != RequestId || request is null).Select(p => new LogEventProperty(p.Key, Clean(p.Key, p.Value, sent))).ToList();
        if (request is not null) properties.Add(new(RequestId, new ScalarValue(request.TraceIdentifier)));
        var why = logEvent.Exception is { } e ? Retold.Of(e, text => Personal.Hide(sent.Value.Hide(text))) : null;
        ((ILogEventSink)listeners).Emit(new(logEvent.Timestamp, logEvent.Level, why, logEvent.MessageTemplate, properties, logEvent.TraceId ?? default, logEvent.SpanId ?? default));
    }

    public void Dispose() => listeners.Dispose();

    private static LogEventPropertyValue Clean(string name, LogEventPropertyValue value, Lazy<SentWords> sent) => value switch
    {
        _ when NotOurs.Contains(name) => new ScalarValue(Personal.Hidden),
        ScalarValue { Value: string text } => new ScalarValue(Personal.Hide(OurWords.Contains(name) ? text : sent.Value.Hide(text))),
        ScalarValue { Value: null or bool or char or Enum or TimeSpan or DateTime or DateTimeOffset or IFormattable and ValueType } => value,
        // An address, a path, an exception: whatever a listener would make a text of.
        ScalarValue { Value: var other } => new ScalarValue(Personal.Hide(sent.Value.Hide(other.ToString() ?? ""))),
        SequenceValue all => new SequenceValue(all.Elements.Select(e => Clean("", e, sent))),
        StructureValue whole => new StructureValue(whole.Properties.Select(p => new LogEventProperty(p.Name, Clean(p.Name, p.Value, sent))), whole.TypeTag),
        DictionaryValue pairs => new DictionaryValue(pairs.Elements.Select(p => KeyValuePair.Create(p.Key, Clean(p.Key.Value as string ?? "", p.Value, sent)))),
        _ => value,
    };
}
