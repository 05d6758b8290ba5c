namespace Pat.History;

/// <summary>How the nodes of a run hear of each other.</summary>
public enum FeedKind
{
    PostgreSql,
    Redis,
}
