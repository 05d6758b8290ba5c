namespace Pat.History;

/// <summary>What a node logged of its change feed.</summary>
/// <param name="Node">Which node.</param>
/// <param name="At">When its line was read.</param>
/// <param name="HeardUntil">Null where the feed is up; else until when all is sure to have arrived, as the node says.</param>
public sealed record FeedEvent(int Node, TimeSpan At, TimeSpan? HeardUntil);
