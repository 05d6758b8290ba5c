namespace Pat.Secrets.Scan;

/// <summary>A secret where none may be.</summary>
/// <param name="How">In which encoding, the outermost first.</param>
/// <param name="Index">The byte at which it, or what encodes it, begins.</param>
public sealed record Finding(string How, int Index);
