namespace Pat;

/// <summary>The parts of a well-formed token, over the memory it was parsed from.</summary>
public readonly ref struct PersonalAccessTokenParts
{
    internal PersonalAccessTokenParts(ReadOnlySpan<char> prefix, Guid id, ReadOnlySpan<char> secret)
    {
        Prefix = prefix;
        Id = id;
        Secret = secret;
    }

    /// <summary>The prefix, without the underscore after it.</summary>
    public ReadOnlySpan<char> Prefix { get; }

    /// <summary>The token's id.</summary>
    public Guid Id { get; }

    /// <summary>The 43 characters that only the token's holder knows.</summary>
    public ReadOnlySpan<char> Secret { get; }
}
