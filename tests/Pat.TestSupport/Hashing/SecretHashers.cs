using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.TestSupport;

/// <summary>Hashers of any configuration, without an application around them.</summary>
internal static class SecretHashers
{
    private static readonly PatMetrics Metrics = new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());

    public static SecretHasher With(Action<PersonalAccessTokenHashingOptions>? configure = null)
    {
        var options = new PersonalAccessTokenOptions();
        configure?.Invoke(options.Hashing);
        return new SecretHasher(Options.Create(options), Metrics, TimeProvider.System);
    }

    /// <summary>One with a small Argon2id on a machine that has so many places for hashes.</summary>
    public static SecretHasher WithPlaces(int places, TimeProvider? time = null)
    {
        var options = new PersonalAccessTokenOptions();
        Small(options.Hashing);
        return new SecretHasher(Options.Create(options), Metrics, time ?? TimeProvider.System, places);
    }

    /// <summary>A small Argon2id, where what it costs is not the subject.</summary>
    public static void Small(PersonalAccessTokenHashingOptions options) => (options.MemoryKib, options.Iterations) = (64, 1);

    /// <summary>The same for an application that hashes by SHA-256 otherwise.</summary>
    public static void SmallArgon2id(PersonalAccessTokenOptions options)
    {
        options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Argon2id;
        Small(options.Hashing);
    }

    public static void Sha256(PersonalAccessTokenHashingOptions options) =>
        options.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;

    /// <summary>A pepper whose key follows from its id, and stands nowhere else.</summary>
    public static PersonalAccessTokenPepper Pepper(string keyId) =>
        new() { KeyId = keyId, Key = SHA256.HashData(Encoding.UTF8.GetBytes(keyId)) };
}
