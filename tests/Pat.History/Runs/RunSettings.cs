using Pat.TestSupport;

namespace Pat.History;

/// <summary>What a run is made of. The same seed makes the same plan.</summary>
public sealed record RunSettings
{
    private static readonly TimeSpan Full = TimeSpan.FromMinutes(10);

    public FeedKind Feed { get; init; }

    /// <summary>How long there is load, at least: a run ends when all faults of its plan have been made.</summary>
    public TimeSpan Duration { get; init; } = Full;

    /// <summary>Whether it has the time to show as much as a run should.</summary>
    public bool IsFull => Duration >= Full;

    public int Seed { get; init; } = Random.Shared.Next(1_000_000);

    public int Nodes { get; init; } = 4;

    /// <summary>
    /// The bound of the nodes. Well over a second, so that what the feed does can be told from it, and short, so that faults outlast it.
    /// </summary>
    public TimeSpan MaxStaleness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often each fault is made.</summary>
    public int Repeats { get; init; } = 5;

    /// <summary>The names of the faults to make, or null for all.</summary>
    public IReadOnlyList<string>? Faults { get; init; }

    /// <summary>How long a fault lasts that is to outlast what a node knows, or null for two seconds more than the bound.</summary>
    public TimeSpan? LongFault { get; init; }

    public int PresentationsPerSecond { get; init; } = 1_000;

    public int RevocationsPerSecond { get; init; } = 8;

    /// <summary>
    /// Whether PostgreSQL waits for the disk. What is committed outlives the server's processes without that, too; and a disk
    /// that others use stands still for a second now and then, which is a fault that no plan knows of.
    /// </summary>
    public bool WaitsForDisk { get; init; } = true;

    /// <summary>The build of the sample that is run.</summary>
    public string Program { get; init; } = RunningTaskApi.DefaultProgram;

    /// <summary>The defence that the build goes without, if it is a weakened one.</summary>
    public string? Without { get; init; }
}
