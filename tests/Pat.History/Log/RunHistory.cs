using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.History;

/// <summary>
/// All that happened in a run, for the rules to judge afterwards. What it is asked, it is asked when the run is over: what is
/// added after the first question is not looked at.
/// </summary>
public sealed class RunHistory
{
    private readonly long _started;
    private readonly Lazy<NodeClocks> _clocks;
    private readonly Lazy<FaultTimes> _faultTimes;
    private readonly Lazy<IReadOnlyList<OutdatedAcceptance>> _outdatedAcceptances;

    public RunHistory()
    {
        // Asked once before it counts: the first time takes longer, and both clocks are to be read at one moment.
        _ = TimeProvider.System.GetUtcNow();
        StartedAt = TimeProvider.System.GetUtcNow();
        _started = Stopwatch.GetTimestamp();

        _clocks = new(() => new NodeClocks(Clocks));
        _faultTimes = new(() => new FaultTimes(Faults));
        _outdatedAcceptances = new(() => [.. OutdatedAcceptance.In(this)]);
    }

    /// <summary>How old what a node knows may be.</summary>
    public required TimeSpan MaxStaleness { get; init; }

    /// <summary>Whether the notice of a change follows its commit, as with Redis, and may be missing; with PostgreSQL it is part of it.</summary>
    public bool TellsAfterCommit { get; init; }

    /// <summary>When the run began, by the right clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    public ConcurrentQueue<Operation> Operations { get; init; } = new();

    public ConcurrentQueue<FeedEvent> FeedEvents { get; init; } = new();

    public ConcurrentQueue<Propagation> Propagations { get; init; } = new();

    public ConcurrentQueue<UnobservedFault> UnobservedFaults { get; init; } = new();

    public ConcurrentQueue<FaultWindow> Faults { get; init; } = new();

    public ConcurrentQueue<ClockSetting> Clocks { get; init; } = new();

    /// <summary>The time since the run began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_started);

    /// <summary>What let tokens in that an acknowledged change had ended, each with that change.</summary>
    public IReadOnlyList<OutdatedAcceptance> OutdatedAcceptances => _outdatedAcceptances.Value;

    /// <summary>The earliest time that a node can have judged a request by, or null where its clock was being set meanwhile.</summary>
    public DateTimeOffset? EarliestClockOf(Operation operation) =>
        StartedAt + operation.Start + _clocks.Value.OffsetOf(operation.Node, operation.Start, operation.End);

    /// <summary>The latest time that a node can have judged a request by, or null where its clock was being set meanwhile.</summary>
    public DateTimeOffset? LatestClockOf(Operation operation) =>
        StartedAt + operation.End + _clocks.Value.OffsetOf(operation.Node, operation.Start, operation.End);

    /// <summary>Whether something was broken for a node in a time, or had been until shortly before it.</summary>
    public bool IsTroubled(int node, TimeSpan from, TimeSpan until, TimeSpan aftermath) =>
        _faultTimes.Value.Touch(node, from - aftermath, until);
}
