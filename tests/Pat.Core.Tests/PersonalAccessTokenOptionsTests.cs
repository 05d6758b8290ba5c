namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenOptionsTests
{
    /// <summary>The documented defaults: to change one is to change what every application gets.</summary>
    public static TheoryData<string, object?> Defaults => new()
    {
        { nameof(PersonalAccessTokenOptions.TokenPrefix), "pat" },
        { nameof(PersonalAccessTokenOptions.MaxTokensPerOwner), 50 },
        { nameof(PersonalAccessTokenOptions.MaxSecretsPerOwnerPerDay), 100 },
        { nameof(PersonalAccessTokenOptions.MaxFailuresPerAddressPerMinute), null },
        { nameof(PersonalAccessTokenOptions.MaxLifetime), TimeSpan.FromDays(365) },
        { nameof(PersonalAccessTokenOptions.AllowNoExpiry), false },
        { nameof(PersonalAccessTokenOptions.MaxRotationOverlap), TimeSpan.FromHours(24) },
        { nameof(PersonalAccessTokenOptions.InactivityPeriod), TimeSpan.FromDays(365) },
        { nameof(PersonalAccessTokenOptions.InactiveRetention), TimeSpan.FromDays(7) },
        { nameof(PersonalAccessTokenOptions.Retention), TimeSpan.FromDays(90) },
        { nameof(PersonalAccessTokenOptions.CleanupInterval), TimeSpan.FromHours(1) },
        { nameof(PersonalAccessTokenOptions.CleanupBatchSize), 1_000 },
        { nameof(PersonalAccessTokenOptions.MaxClockSkew), TimeSpan.FromMinutes(1) },
        { nameof(PersonalAccessTokenOptions.UsageResolution), TimeSpan.FromMinutes(5) },
        { nameof(PersonalAccessTokenOptions.UsageFlushInterval), TimeSpan.FromSeconds(10) },
        { nameof(PersonalAccessTokenOptions.MaxStaleness), TimeSpan.FromSeconds(10) },
        { nameof(PersonalAccessTokenOptions.StoreTimeout), TimeSpan.FromSeconds(2) },
        { nameof(PersonalAccessTokenOptions.LastUsedAddress), PersonalAccessTokenAddressRecording.None },
        { nameof(PersonalAccessTokenOptions.RevokeOnSecurityStampChange), false },
    };

    public static TheoryData<string, object?> HashingDefaults => new()
    {
        { nameof(PersonalAccessTokenHashingOptions.Algorithm), PersonalAccessTokenHashAlgorithm.Argon2id },
        { nameof(PersonalAccessTokenHashingOptions.MemoryKib), 19_456 },
        { nameof(PersonalAccessTokenHashingOptions.MaxStoredMemoryKib), null },
        { nameof(PersonalAccessTokenHashingOptions.Iterations), 2 },
        { nameof(PersonalAccessTokenHashingOptions.Parallelism), 1 },
    };

    [Theory, MemberData(nameof(Defaults))]
    public void A_default_is_the_documented_one(string setting, object? expected) =>
        Assert.Equal(expected, Get(new PersonalAccessTokenOptions(), setting));

    [Theory, MemberData(nameof(HashingDefaults))]
    public void A_default_of_hashing_is_the_documented_one(string setting, object? expected) =>
        Assert.Equal(expected, Get(new PersonalAccessTokenOptions().Hashing, setting));

    [Fact]
    public void Every_setting_with_a_value_is_in_the_table()
    {
        var pinned = Defaults.Select(row => row.Data.Item1).Concat(HashingDefaults.Select(row => row.Data.Item1));
        var settable = new[] { typeof(PersonalAccessTokenOptions), typeof(PersonalAccessTokenHashingOptions) }
            .SelectMany(type => type.GetProperties())
            .Where(property => property.CanWrite)
            .Select(property => property.Name);

        Assert.Equal(settable.Order(), pinned.Order());
    }

    [Fact]
    public void No_prefix_is_accepted_besides_and_no_pepper_is_there_by_default()
    {
        var options = new PersonalAccessTokenOptions();

        Assert.Empty(options.AcceptedPrefixes);
        Assert.Empty(options.Hashing.Peppers);
    }

    private static object? Get(object options, string setting) => options.GetType().GetProperty(setting)!.GetValue(options);
}
