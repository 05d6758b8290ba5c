namespace Pat;

/// <summary>A row as it was just read: its state, and the hashes that a secret is proven by.</summary>
internal sealed class TokenReading(TokenState state, string secretHash, string? previousSecretHash)
{
    public TokenState State { get; } = state;

    public string SecretHash { get; } = secretHash;

    public string? PreviousSecretHash { get; } = previousSecretHash;
}
