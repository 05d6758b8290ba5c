namespace Pat;

/// <summary>A row as it was just read: its state, and the hashes that a secret is proven by.</summary>
internal sealed record TokenReading(TokenState State, string SecretHash, string? PreviousSecretHash);
