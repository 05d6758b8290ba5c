namespace Pat.Fuzz;

/// <summary>Limits so small that a short life of a few tokens meets them all.</summary>
internal static class ModelOptions
{
    public const int MaxTokens = 4;
    public const int MaxSecrets = 7;

    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(60);
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromHours(24);
    public static readonly TimeSpan InactivityPeriod = TimeSpan.FromDays(30);
    public static readonly TimeSpan InactiveRetention = TimeSpan.FromDays(7);
    public static readonly TimeSpan Retention = TimeSpan.FromDays(10);
    public static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public static void Apply(PersonalAccessTokenOptions options)
    {
        options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
        options.AllowNoExpiry = true;
        options.RevokeOnSecurityStampChange = true;
        (options.MaxTokensPerOwner, options.MaxSecretsPerOwnerPerDay) = (MaxTokens, MaxSecrets);
        (options.MaxLifetime, options.MaxRotationOverlap) = (MaxLifetime, MaxOverlap);
        (options.InactivityPeriod, options.InactiveRetention, options.Retention) = (InactivityPeriod, InactiveRetention, Retention);
        options.UsageResolution = Resolution;
    }
}
