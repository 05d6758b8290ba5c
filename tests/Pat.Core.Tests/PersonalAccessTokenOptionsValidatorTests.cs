using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenOptionsValidatorTests
{
    private static readonly TimeSpan Microsecond = TimeSpan.FromMicroseconds(1);

    /// <summary>A fault, and what the message must name: the setting, the value and the cure.</summary>
    public static TheoryData<string, Action<PersonalAccessTokenOptions>, string[]> Faults => new()
    {
        { "prefix", o => o.TokenPrefix = "Bad!", ["TokenPrefix", "'Bad!'", "2 to 24 characters", "acme_pat"] },
        { "prefix missing", o => o.TokenPrefix = null!, ["TokenPrefix", "2 to 24 characters"] },
        { "accepted prefix", o => o.AcceptedPrefixes.Add("_x"), ["AcceptedPrefixes", "'_x'", "2 to 24 characters"] },
        { "no scopes", o => o.Scopes.Clear(), ["Scopes", "AddScope"] },
        { "scope twice", o => o.AddScope("read", ""), ["'read'", "2 times", "Scopes.Clear()"] },
        { "scope unnamed", o => o.AddScope("", ""), ["''", "tasks:read"] },
        { "scope null", o => o.AddScope(null!, ""), ["''", "tasks:read"] },
        { "scope with space", o => o.AddScope("a b", ""), ["'a b'", "tasks:read"] },
        { "scope with quote", o => o.AddScope("a\"b", ""), ["printable ASCII"] },
        { "scope with backslash", o => o.AddScope("a\\b", ""), ["printable ASCII"] },
        { "scope not ASCII", o => o.AddScope("\u00e4", ""), ["printable ASCII"] },
        { "scope too long", o => o.AddScope(new string('a', 65), ""), ["1 to 64"] },
        { "unknown implied scope", o => o.AddScope("tasks", "", "taks"), ["'tasks'", "'taks'", "AddScope", "read, write"] },
        { "implied scope null", o => o.AddScope("tasks", "", [null!]), ["'tasks'", "AddScope"] },
        { "no tokens", o => o.MaxTokensPerOwner = 0, ["MaxTokensPerOwner: 0", "1 to 10000"] },
        { "too many tokens", o => o.MaxTokensPerOwner = 10_001, ["MaxTokensPerOwner: 10001"] },
        { "no secrets", o => o.MaxSecretsPerOwnerPerDay = 0, ["MaxSecretsPerOwnerPerDay: 0", "1 to 1000000"] },
        { "too many secrets", o => o.MaxSecretsPerOwnerPerDay = 1_000_001, ["MaxSecretsPerOwnerPerDay: 1000001"] },
        { "no failures", o => o.MaxFailuresPerAddressPerMinute = 0, ["MaxFailuresPerAddressPerMinute: 0", "1 to 1000000"] },
        { "too many failures", o => o.MaxFailuresPerAddressPerMinute = 1_000_001, ["MaxFailuresPerAddressPerMinute: 1000001"] },
        { "no batch", o => o.CleanupBatchSize = 0, ["CleanupBatchSize: 0", "1 to 10000"] },
        { "great batch", o => o.CleanupBatchSize = 10_001, ["CleanupBatchSize: 10001"] },
        { "short life", o => o.MaxLifetime = TimeSpan.FromMinutes(1) - Microsecond, ["MaxLifetime", "00:01:00"] },
        { "long life", o => o.MaxLifetime = TimeSpan.MaxValue, ["MaxLifetime", "00:01:00"] },
        { "negative overlap", o => o.MaxRotationOverlap = -Microsecond, ["MaxRotationOverlap", "30.00:00:00"] },
        { "long overlap", o => o.MaxRotationOverlap = TimeSpan.FromDays(30) + Microsecond, ["MaxRotationOverlap"] },
        { "short inactivity", o => o.InactivityPeriod = TimeSpan.FromDays(1) - Microsecond, ["InactivityPeriod", "1.00:00:00"] },
        { "long inactivity", o => o.InactivityPeriod = TimeSpan.MaxValue, ["InactivityPeriod"] },
        { "short inactive retention", o => o.InactiveRetention = TimeSpan.FromHours(1) - Microsecond, ["InactiveRetention", "01:00:00"] },
        { "long inactive retention", o => o.InactiveRetention = TimeSpan.MaxValue, ["InactiveRetention"] },
        { "negative retention", o => o.Retention = -Microsecond, ["Retention", "00:00:00"] },
        { "long retention", o => o.Retention = TimeSpan.MaxValue, ["Retention"] },
        { "short interval", o => o.CleanupInterval = TimeSpan.Zero, ["CleanupInterval: 00:00:00", "00:00:01 to 1.00:00:00"] },
        { "long interval", o => o.CleanupInterval = TimeSpan.FromDays(1) + Microsecond, ["CleanupInterval"] },
        { "no skew", o => o.MaxClockSkew = TimeSpan.Zero, ["MaxClockSkew", "00:00:01 to 01:00:00"] },
        { "great skew", o => o.MaxClockSkew = TimeSpan.FromHours(1) + Microsecond, ["MaxClockSkew"] },
        { "negative resolution", o => o.UsageResolution = -Microsecond, ["UsageResolution", "00:00:00 to 1.00:00:00"] },
        { "resolution as long as inactivity", o => o.UsageResolution = o.InactivityPeriod = TimeSpan.FromDays(1), ["UsageResolution", "less than InactivityPeriod"] },
        { "tiny staleness", o => o.MaxStaleness = TimeSpan.FromMilliseconds(100) - Microsecond, ["MaxStaleness", "00:00:00.1000000 to 01:00:00, or to 00:00:00"] },
        { "short flush", o => o.UsageFlushInterval = TimeSpan.FromMilliseconds(99), ["UsageFlushInterval", "00:10:00"] },
        { "long flush", o => o.UsageFlushInterval = TimeSpan.FromMinutes(10) + Microsecond, ["UsageFlushInterval"] },
        { "address", o => o.LastUsedAddress = (PersonalAccessTokenAddressRecording)3, ["LastUsedAddress: 3", "None, Network or Full"] },
        { "algorithm", o => o.Hashing.Algorithm = (PersonalAccessTokenHashAlgorithm)2, ["Hashing.Algorithm: 2", "Argon2id or Sha256"] },
        { "no passes", o => o.Hashing.Iterations = 0, ["Hashing.Iterations: 0", "1 to 10"] },
        { "many passes", o => o.Hashing.Iterations = 11, ["Hashing.Iterations: 11"] },
        { "no lanes", o => o.Hashing.Parallelism = 0, ["Hashing.Parallelism: 0", "1 to 16"] },
        { "many lanes", o => (o.Hashing.Parallelism, o.Hashing.MemoryKib) = (17, 19_456), ["Hashing.Parallelism: 17"] },
        { "little memory", o => o.Hashing.MemoryKib = 7, ["Hashing.MemoryKib: 7", "8 to 1048576"] },
        { "less stored memory than new hashes take", o => (o.Hashing.MemoryKib, o.Hashing.MaxStoredMemoryKib) = (64, 63), ["Hashing.MaxStoredMemoryKib: 63", "64 to"] },
        { "little memory for the lanes", o => (o.Hashing.Parallelism, o.Hashing.MemoryKib) = (4, 31), ["Hashing.MemoryKib: 31", "32 to"] },
        { "much memory", o => o.Hashing.MemoryKib = 1_048_577, ["Hashing.MemoryKib: 1048577"] },
        { "pepper unnamed", o => AddPepper(o, "", 32), ["Hashing.Peppers:0: what is there for KeyId", "1 to 32 characters"] },
        { "pepper named with a comma", o => AddPepper(o, "a,b", 32), ["Hashing.Peppers:0", "1 to 32 characters"] },
        { "pepper short", o => AddPepper(o, "k", 15), ["the key has 15 bytes", "openssl rand -base64 32"] },
        { "pepper long", o => AddPepper(o, "k", 65), ["the key has 65 bytes", "16 to 64"] },
        { "pepper without key", o => o.Hashing.Peppers.Add(new PersonalAccessTokenPepper { KeyId = "k", Key = null! }), ["Peppers:0: the key has 0 bytes"] },
        { "pepper twice", o => { AddPepper(o, "k", 32); AddPepper(o, "k", 32); }, ["those at 0 and 1 have the same KeyId", "an id of its own"] },
    };

    public static TheoryData<string, Action<PersonalAccessTokenOptions>> Boundaries => new()
    {
        { "defaults", _ => { } },
        { "lowest", o =>
        {
            o.TokenPrefix = "ab";
            (o.MaxTokensPerOwner, o.MaxSecretsPerOwnerPerDay, o.MaxFailuresPerAddressPerMinute, o.CleanupBatchSize) = (1, 1, 1, 1);
            o.MaxLifetime = TimeSpan.FromMinutes(1);
            o.MaxRotationOverlap = o.Retention = o.UsageResolution = TimeSpan.Zero;
            o.InactiveRetention = TimeSpan.FromHours(1);
            o.InactivityPeriod = TimeSpan.FromHours(24);
            o.CleanupInterval = o.MaxClockSkew = TimeSpan.FromSeconds(1);
            o.UsageFlushInterval = TimeSpan.FromMilliseconds(100);
            (o.Hashing.MemoryKib, o.Hashing.MaxStoredMemoryKib, o.Hashing.Iterations) = (8, 8, 1);
            AddPepper(o, "k", 16);
        } },
        { "highest", o =>
        {
            o.TokenPrefix = new string('a', 24);
            (o.MaxTokensPerOwner, o.MaxSecretsPerOwnerPerDay, o.CleanupBatchSize) = (10_000, 1_000_000, 10_000);
            o.MaxFailuresPerAddressPerMinute = 1_000_000;
            o.MaxLifetime = o.InactivityPeriod = o.Retention = o.InactiveRetention = TimeSpan.FromDays(36_500);
            o.MaxRotationOverlap = TimeSpan.FromDays(30);
            o.CleanupInterval = o.UsageResolution = TimeSpan.FromHours(24);
            o.MaxClockSkew = TimeSpan.FromHours(1);
            o.UsageFlushInterval = TimeSpan.FromMinutes(10);
            (o.Hashing.MemoryKib, o.Hashing.Iterations, o.Hashing.Parallelism) = (1_048_576, 10, 16);
            o.Hashing.MaxStoredMemoryKib = 4_194_304;
            AddPepper(o, new string('k', 32), 64);
            o.AddScope(new string('s', 64), "", "read");
        } },
        { "no staleness", o => o.MaxStaleness = TimeSpan.Zero },
        { "least staleness", o => o.MaxStaleness = TimeSpan.FromMilliseconds(100) },
        { "most staleness", o => o.MaxStaleness = TimeSpan.FromHours(1) },
        { "no limit of lifetime", o => (o.MaxLifetime, o.AllowNoExpiry) = (null, true) },
        { "scopes in a circle", o => o.AddScope("a", "", "b").AddScope("b", "", "a") },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_alone_is_told_with_its_cure(string name, Action<PersonalAccessTokenOptions> configure, string[] told)
    {
        var result = Validate(configure);

        Assert.True(result.Failed, name);
        Assert.Single(result.Failures);
        Assert.All(told, part => Assert.Contains(part, result.FailureMessage, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Boundaries))]
    public void What_is_within_the_bounds_is_valid(string name, Action<PersonalAccessTokenOptions> configure)
    {
        var result = Validate(configure);

        Assert.True(result.Succeeded, $"{name}: {result.FailureMessage}");
    }

    [Fact]
    public void Every_fault_is_told_at_once()
    {
        var result = Validate(o =>
        {
            (o.TokenPrefix, o.MaxTokensPerOwner, o.Hashing.Iterations) = ("Bad", 0, 0);
            o.AddScope("tasks", "", "unknown");
            AddPepper(o, "bad id", 1);
        }, hasStore: false);

        Assert.Equal(7, result.Failures!.Count());
        Assert.Contains("AddEntityFrameworkStore", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_shows_a_key() =>
        Assert.DoesNotContain(
            Convert.ToBase64String(new byte[15]), Validate(o => AddPepper(o, "k", 15)).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void A_pepper_whose_key_stands_in_the_place_of_its_id_is_not_told()
    {
        var key = Convert.ToBase64String(new byte[32]);

        Assert.DoesNotContain(key, Validate(options => AddPepper(options, key, 32)).FailureMessage, StringComparison.Ordinal);
    }

    private static void AddPepper(PersonalAccessTokenOptions options, string keyId, int length) =>
        options.Hashing.Peppers.Add(new PersonalAccessTokenPepper { KeyId = keyId, Key = new byte[length] });

    private static ValidateOptionsResult Validate(Action<PersonalAccessTokenOptions> configure, bool hasStore = true)
    {
        var options = new PersonalAccessTokenOptions();
        configure(options);
        return new PersonalAccessTokenOptionsValidator(new KnownServices(hasStore)).Validate(Options.DefaultName, options);
    }

    private sealed class KnownServices(bool hasStore) : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => hasStore && serviceType == typeof(IPersonalAccessTokenStore);
    }
}
