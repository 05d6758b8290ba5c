using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Finds every fault of the configuration at once, each with its cure.</summary>
internal sealed class PersonalAccessTokenOptionsValidator(IServiceProviderIsService services)
    : IValidateOptions<PersonalAccessTokenOptions>
{
    private const int MinKeyLength = 16;
    private const int MaxKeyLength = 64;

    public ValidateOptionsResult Validate(string? name, PersonalAccessTokenOptions options)
    {
        var faults = new List<string>();
        if (!services.IsService(typeof(IPersonalAccessTokenStore)))
        {
            faults.Add("Personal access tokens have no store. Add one: AddPersonalAccessTokens().AddEntityFrameworkStore<YourDbContext>().");
        }

        if (options.RevokeOnSecurityStampChange && !services.IsService(typeof(IPersonalAccessTokenOwnerSource)))
        {
            faults.Add("RevokeOnSecurityStampChange is on, but nothing tells the stamps of owners, so that no change would ever end a token. Add owners: AddIdentityOwners<YourUser, YourDbContext>() or AddOwnerSource<T>(); or turn it off.");
        }

        CheckPrefixes(options, faults);
        CheckScopes(options, faults);
        CheckLimits(options, faults);
        CheckTimes(options, faults);
        CheckHashing(options.Hashing, faults);
        if (!Enum.IsDefined(options.LastUsedAddress))
        {
            faults.Add($"{nameof(options.LastUsedAddress)}: {options.LastUsedAddress} is none. Use None, Network or Full.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckPrefixes(PersonalAccessTokenOptions options, List<string> faults)
    {
        foreach (var (setting, prefix) in options.AcceptedPrefixes
            .Select(prefix => (nameof(options.AcceptedPrefixes), prefix))
            .Prepend((nameof(options.TokenPrefix), options.TokenPrefix)))
        {
            if (!PersonalAccessTokenFormat.IsValidPrefix(prefix))
            {
                faults.Add(
                    $"{setting}: '{prefix}' can't stand before tokens. Use {PersonalAccessTokenFormat.MinPrefixLength} to {PersonalAccessTokenFormat.MaxPrefixLength} characters, lower-case words of letters and digits joined by '_', the first character a letter: acme_pat.");
            }
        }
    }

    private static void CheckScopes(PersonalAccessTokenOptions options, List<string> faults)
    {
        var names = options.Scopes.Select(scope => scope.Name).ToHashSet(StringComparer.Ordinal);
        if (names.Count == 0)
        {
            faults.Add("Scopes: there are none, so no token could be created. Keep the default ones, or add yours with AddScope.");
        }

        foreach (var twice in options.Scopes
            .GroupBy(scope => scope.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1))
        {
            // The names of policies have no case, and neither has every reader.
            faults.Add($"Scopes: '{twice.Key}' is there {twice.Count()} times, whatever its case. Add it once; Scopes.Clear() removes the default ones.");
        }

        foreach (var scope in options.Scopes)
        {
            if (!PersonalAccessTokenScope.IsName(scope.Name))
            {
                faults.Add($"Scopes: '{scope.Name}' can't be a scope's name. Use 1 to {PersonalAccessTokenScope.MaxNameLength} printable ASCII characters without space, quote and backslash: tasks:read.");
            }

            foreach (var implied in scope.Implies.Where(implied => !names.Contains(implied)))
            {
                faults.Add($"Scopes: '{scope.Name}' implies '{implied}', which is no scope. Add it with AddScope, or correct the name; there are {string.Join(", ", names)}.");
            }
        }
    }

    private static void CheckLimits(PersonalAccessTokenOptions options, List<string> faults)
    {
        CheckRange(faults, nameof(options.MaxTokensPerOwner), options.MaxTokensPerOwner, 1, 10_000);
        CheckRange(faults, nameof(options.MaxSecretsPerOwnerPerDay), options.MaxSecretsPerOwnerPerDay, 1, 1_000_000);
        if (options.MaxFailuresPerAddressPerMinute is { } failures)
        {
            CheckRange(faults, nameof(options.MaxFailuresPerAddressPerMinute), failures, 1, 1_000_000);
        }

        CheckRange(faults, nameof(options.CleanupBatchSize), options.CleanupBatchSize, 1, 10_000);
    }

    private static void CheckTimes(PersonalAccessTokenOptions options, List<string> faults)
    {
        var century = TimeSpan.FromDays(36_500);
        if (options.MaxLifetime is { } lifetime)
        {
            CheckRange(faults, nameof(options.MaxLifetime), lifetime, TimeSpan.FromMinutes(1), century);
        }

        CheckRange(faults, nameof(options.MaxRotationOverlap), options.MaxRotationOverlap, TimeSpan.Zero, TimeSpan.FromDays(30));
        CheckRange(faults, nameof(options.InactivityPeriod), options.InactivityPeriod, TimeSpan.FromHours(24), century);
        CheckRange(faults, nameof(options.InactiveRetention), options.InactiveRetention, TimeSpan.FromHours(1), century);
        CheckRange(faults, nameof(options.Retention), options.Retention, TimeSpan.Zero, century);
        CheckRange(faults, nameof(options.CleanupInterval), options.CleanupInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24));
        CheckRange(faults, nameof(options.MaxClockSkew), options.MaxClockSkew, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (options.MaxStaleness != TimeSpan.Zero
            && (options.MaxStaleness < TimeSpan.FromMilliseconds(100) || options.MaxStaleness > TimeSpan.FromHours(1)))
        {
            faults.Add($"{nameof(options.MaxStaleness)}: {options.MaxStaleness} is out of range. Set it to 00:00:00.1000000 to 01:00:00, or to 00:00:00, which reads the store for each request.");
        }

        CheckRange(faults, nameof(options.StoreTimeout), options.StoreTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        CheckRange(faults, nameof(options.UsageResolution), options.UsageResolution, TimeSpan.Zero, TimeSpan.FromHours(24));
        CheckRange(faults, nameof(options.UsageFlushInterval), options.UsageFlushInterval, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        if (options.UsageResolution >= options.InactivityPeriod)
        {
            faults.Add($"UsageResolution ({options.UsageResolution}) must be less than InactivityPeriod ({options.InactivityPeriod}), or tokens in use would count as inactive. Lower it; the default is 00:05:00.");
        }
    }

    private static void CheckHashing(PersonalAccessTokenHashingOptions options, List<string> faults)
    {
        const string Prefix = "Hashing.";
        if (!Enum.IsDefined(options.Algorithm))
        {
            faults.Add($"{Prefix}{nameof(options.Algorithm)}: {options.Algorithm} is none. Use Argon2id or Sha256.");
        }

        CheckRange(faults, Prefix + nameof(options.Iterations), options.Iterations, 1, StoredHash.MaxIterations);
        CheckRange(faults, Prefix + nameof(options.Parallelism), options.Parallelism, 1, StoredHash.MaxParallelism);
        CheckRange(
            faults, Prefix + nameof(options.MemoryKib), options.MemoryKib, StoredHash.MinMemoryKib(Math.Max(1, options.Parallelism)), 1_048_576);
        if (options.MaxStoredMemoryKib is { } maxStored)
        {
            CheckRange(faults, Prefix + nameof(options.MaxStoredMemoryKib), maxStored, options.MemoryKib, 4_194_304);
        }

        // By their places: where id and key are mixed up, the id is the key.
        foreach (var (place, pepper) in options.Peppers.Index())
        {
            if (!StoredHash.IsValidKeyId(pepper.KeyId))
            {
                faults.Add($"{Prefix}{nameof(options.Peppers)}:{place}: what is there for {nameof(pepper.KeyId)} can't be a key's id. Use 1 to {StoredHash.MaxKeyIdLength} characters of a-z, A-Z, 0-9, '/', '+', '.' and '-': 2026-11.");
            }

            if (pepper.Key is not { Length: >= MinKeyLength and <= MaxKeyLength })
            {
                faults.Add($"{Prefix}{nameof(options.Peppers)}:{place}: the key has {pepper.Key?.Length ?? 0} bytes. Use {MinKeyLength} to {MaxKeyLength} from a cryptographic generator: openssl rand -base64 32.");
            }
        }

        foreach (var twice in options.Peppers.Index().GroupBy(pepper => pepper.Item.KeyId).Where(group => group.Count() > 1))
        {
            faults.Add($"{Prefix}{nameof(options.Peppers)}: those at {string.Join(" and ", twice.Select(pepper => pepper.Index))} have the same {nameof(PersonalAccessTokenPepper.KeyId)}. Give each key an id of its own.");
        }
    }

    private static void CheckRange<T>(List<string> faults, string setting, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            faults.Add($"{setting}: {value} is out of range. Set it to {least} to {most}.");
        }
    }
}
