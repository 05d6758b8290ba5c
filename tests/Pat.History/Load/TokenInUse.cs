namespace Pat.History;

/// <summary>A token that clients present and change. One changes it at a time.</summary>
public sealed class TokenInUse(string id, Owner owner, DateTimeOffset? expiresAt, string value)
{
    private int _isTaken;
    private volatile string[] _secrets = [value];

    public string Id => id;

    public Owner Owner => owner;

    public DateTimeOffset? ExpiresAt => expiresAt;

    /// <summary>Its values, the newest last.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void GiveBack() => Volatile.Write(ref _isTaken, 0);

    public void Add(string secret) => _secrets = [.. _secrets, secret];
}
