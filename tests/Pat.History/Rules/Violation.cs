namespace Pat.History;

/// <summary>A promise that was broken.</summary>
/// <param name="Rule">Which one.</param>
/// <param name="Text">What happened, and when.</param>
public sealed record Violation(string Rule, string Text);
