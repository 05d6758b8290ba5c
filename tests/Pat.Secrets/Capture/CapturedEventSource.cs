using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace Pat.Secrets.Capture;

/// <summary>
/// The logs of what has no host, at Trace, by the event source of Microsoft.Extensions.Logging: test applications register
/// it. Those of hosts come by <see cref="CapturedDiagnostics"/>, whatever the host does with its logging.
/// </summary>
internal sealed class CapturedEventSource(Recording recording) : EventListener
{
    private const string Logging = "Microsoft-Extensions-Logging";

    // It has no word for all categories at Trace: these are the beginnings of those that there are.
    private const string AtTrace = "Pat:Trace;Microsoft:Trace;System:Trace;Npgsql:Trace";

    // Its keywords: a message's arguments and exception, and the message with them in it.
    private const EventKeywords MessagesAndTexts = (EventKeywords)(2 | 4);

    /// <summary>
    /// Starts to listen. The source is made first, if the process has it at all: one that is made while somebody listens
    /// reads its filters before it knows what separates them.
    /// </summary>
    public static CapturedEventSource Listen(Recording recording)
    {
        if (Type.GetType("Microsoft.Extensions.Logging.EventSource.LoggingEventSource, Microsoft.Extensions.Logging.EventSource") is { } source)
        {
            RuntimeHelpers.RunClassConstructor(source.TypeHandle);
        }

        return new CapturedEventSource(recording);
    }

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Logging)
        {
            EnableEvents(eventSource, EventLevel.Verbose, MessagesAndTexts, new Dictionary<string, string?>
            {
                ["FilterSpecs"] = AtTrace,
            });
        }
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (eventData.EventSource.Name == Logging)
        {
            recording.Write("log", () => string.Join(' ', (eventData.Payload ?? []).Select(TextOf)));
        }
    }

    private static string TextOf(object? value) => value switch
    {
        IEnumerable<object> many => string.Join(' ', many.Select(TextOf)),
        IEnumerable<KeyValuePair<string, object?>> pairs => string.Join(' ', pairs.Select(static pair => $"{pair.Key}={pair.Value}")),
        _ => $"{value}",
    };
}
