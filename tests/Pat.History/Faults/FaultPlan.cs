namespace Pat.History;

/// <summary>Which faults a run makes, in which order and to which nodes, as its seed has it.</summary>
public sealed class FaultPlan
{
    /// <summary>Longer than what follows a fault may take, so that each has a time before it in which nothing may go wrong.</summary>
    private static readonly TimeSpan AfterAll = TimeSpan.FromSeconds(7);

    /// <summary>What befalls one node leaves the others their quiet times.</summary>
    private static readonly TimeSpan AfterOne = TimeSpan.FromSeconds(2);

    public FaultPlan(RunSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var random = new Random(settings.Seed);
        var faults = AllFaults.List
            .Where(fault => fault.Feed is null || fault.Feed == settings.Feed)
            .Where(fault => settings.Faults is not { } names || names.Contains(fault.Name, StringComparer.Ordinal))
            .SelectMany(fault => Enumerable.Repeat(fault, settings.Repeats))
            .ToArray();
        random.Shuffle(faults);
        Steps = [.. faults.Select(fault => (fault, random.Next(settings.Nodes), fault.IsOfNode ? AfterOne : AfterAll))];
    }

    /// <summary>Each fault, the node that it is done to if it is one of a node, and the pause after it.</summary>
    public IReadOnlyList<(Fault Fault, int Node, TimeSpan Pause)> Steps { get; }
}
