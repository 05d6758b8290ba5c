namespace Pat.Fuzz;

/// <summary>An owner as it has to be.</summary>
internal sealed class ModelOwner
{
    private int _stamps;
    private int _secrets;
    private DateTimeOffset _countedUntil = DateTimeOffset.MinValue;

    public bool Exists { get; set; } = true;

    public bool IsLocked { get; set; }

    public bool IsActive => Exists && !IsLocked;

    public string Stamp => $"stamp {_stamps}";

    public void ChangeStamp() => _stamps++;

    public bool HasSecretsLeft(DateTimeOffset now) => now >= _countedUntil || _secrets < ModelOptions.MaxSecrets;

    /// <summary>The window begins with the first secret after the last one ended.</summary>
    public void CountSecret(DateTimeOffset now)
    {
        (_secrets, _countedUntil) = now >= _countedUntil ? (1, now + ModelOptions.Window) : (_secrets + 1, _countedUntil);
    }
}
