namespace Pat.History;

/// <summary>A change arrived on a node by its feed.</summary>
/// <param name="Node">Which node.</param>
/// <param name="At">When the node said so.</param>
/// <param name="Took">How long it took, as the node measures it; null for each that seems to have arrived before it was sent, which is told beside it.</param>
public sealed record Propagation(int Node, TimeSpan At, TimeSpan? Took);
