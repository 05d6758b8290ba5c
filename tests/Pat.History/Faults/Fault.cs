namespace Pat.History;

/// <summary>Something that is broken on purpose.</summary>
/// <param name="Name">What to call it.</param>
/// <param name="IsOfNode">Whether it is done to one node; else to all.</param>
/// <param name="InjectAsync">Does it, and undoes it.</param>
public sealed record Fault(string Name, bool IsOfNode, Func<FaultScene, Task> InjectAsync)
{
    /// <summary>The only feed that it is for, or null for any.</summary>
    public FeedKind? Feed { get; init; }
}
