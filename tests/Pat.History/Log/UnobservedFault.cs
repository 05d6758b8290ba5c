namespace Pat.History;

/// <summary>A node found an exception of the product that nobody had looked at.</summary>
/// <param name="Node">Which node.</param>
/// <param name="At">When it said so.</param>
/// <param name="Text">The exception.</param>
public sealed record UnobservedFault(int Node, TimeSpan At, string Text);
