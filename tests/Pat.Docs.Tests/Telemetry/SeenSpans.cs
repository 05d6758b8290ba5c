using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.Docs.Tests;

/// <summary>Hears every span of the product's source.</summary>
internal sealed class SeenSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SeenSpans()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PatActivities.SourceName,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyCollection<Activity> All => [.. _spans];

    public void Dispose() => _listener.Dispose();
}
