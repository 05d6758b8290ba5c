namespace Pat.Fuzz;

/// <summary>What a run came to.</summary>
/// <param name="Text">The figures, in one line.</param>
/// <param name="Problems">What it found.</param>
internal sealed record FuzzReport(string Text, IReadOnlyList<string> Problems);
