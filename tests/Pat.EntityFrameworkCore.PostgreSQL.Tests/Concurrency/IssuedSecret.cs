namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>A token's value, and whether it is still good as far as those who change it have been told.</summary>
internal sealed class IssuedSecret(string value)
{
    private volatile bool _mayHaveEnded;
    private volatile bool _hasEnded;

    public string Value { get; } = value;

    /// <summary>Whether a change was begun that ends it: it may be refused.</summary>
    public bool MayHaveEnded => _mayHaveEnded;

    /// <summary>Whether such a change was acknowledged: it must not be accepted any more.</summary>
    public bool HasEnded => _hasEnded;

    public void BeginEnd() => _mayHaveEnded = true;

    public void End() => _hasEnded = true;
}
