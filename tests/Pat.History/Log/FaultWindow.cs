namespace Pat.History;

/// <summary>A time in which something was broken on purpose.</summary>
/// <param name="Name">What.</param>
/// <param name="Node">The node that it was done to, or null for all.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it was over.</param>
public sealed record FaultWindow(string Name, int? Node, TimeSpan Start, TimeSpan End)
{
    /// <summary>The name of a node's stop by SIGSTOP, which ends with its continuation: rules look for it.</summary>
    public const string Stopped = "node stopped";

    public bool Touches(int node) => Node is null || Node == node;
}
