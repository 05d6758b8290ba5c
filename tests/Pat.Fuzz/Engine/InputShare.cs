namespace Pat.Fuzz;

/// <summary>What at least a part of all inputs has to be.</summary>
/// <param name="Name">What they are, for the report.</param>
/// <param name="Least">The part of all inputs, 0 to 1.</param>
/// <param name="Includes">Whether an input is one.</param>
internal sealed record InputShare(string Name, double Least, Func<string, bool> Includes);
