namespace Pat.Client;

/// <summary>Where the token comes from.</summary>
internal abstract class TokenSource
{
    /// <summary>The token as it is kept, or null or empty where there is none.</summary>
    public abstract ValueTask<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Its name, for messages: "the file /run/token".</summary>
    public abstract override string ToString();

    /// <summary>What to do where it holds no token.</summary>
    public abstract string Cure { get; }
}
