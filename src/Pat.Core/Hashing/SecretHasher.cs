using System.Security.Cryptography;
using System.Text;
using Konscious.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Makes and verifies the stored hashes of whole tokens, so that a hash moved to another row matches nothing.</summary>
internal sealed class SecretHasher : IDisposable
{
    /// <summary>How many times the configured memory a stored hash may ask for, where nothing else is set.</summary>
    private const int MemoryTolerance = 4;

    private const int SaltLength = 16;

    private static readonly TimeSpan LongestWaitOfRequests = TimeSpan.FromSeconds(5);

    private readonly PersonalAccessTokenHashingOptions _options;
    private readonly PatMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly HashRoom _all;

    /// <summary>New secrets get at most half of the room: making many keeps nobody's token from being verified.</summary>
    private readonly HashRoom _newSecrets;

    public SecretHasher(IOptions<PersonalAccessTokenOptions> options, PatMetrics metrics, TimeProvider timeProvider)
        : this(options, metrics, timeProvider, HashRoom.PlacesFor(
            Environment.ProcessorCount, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, options.Value.Hashing.MaxStoredMemoryKib ?? options.Value.Hashing.MemoryKib))
    {
    }

    internal SecretHasher(IOptions<PersonalAccessTokenOptions> options, PatMetrics metrics, TimeProvider timeProvider, int places)
    {
        _options = options.Value.Hashing;
        _metrics = metrics;
        _timeProvider = timeProvider;
        _all = new HashRoom(places, timeProvider);
        _newSecrets = new HashRoom(Math.Max(1, places / 2), timeProvider);
        metrics.ObserveGateQueue(() => _all.Waiting + _newSecrets.Waiting);
    }

    /// <summary>Whether a hash was met whose pepper key is not there. It stays so until the process ends.</summary>
    public bool HasMetUnknownKey { get; private set; }

    private int MaxMemoryKib => _options.MaxStoredMemoryKib ?? _options.MemoryKib * MemoryTolerance;

    /// <summary>The room of all hashes.</summary>
    internal HashRoom Room => _all;

    /// <summary>Hashes a new secret the way that is configured.</summary>
    /// <param name="token">The token with the secret.</param>
    /// <param name="deadline">How long it may wait; without one, as long as a new secret may in all.</param>
    /// <param name="cancellationToken">Leaves.</param>
    /// <exception cref="PersonalAccessTokenUnavailableException">There are too many at the moment.</exception>
    public Task<string> HashAsync(string token, Deadline? deadline = null, CancellationToken cancellationToken = default)
    {
        var until = deadline ?? Deadline.OfNewSecret(_timeProvider);
        return _options.Algorithm == PersonalAccessTokenHashAlgorithm.Argon2id
            ? PatActivities.RunAsync(
                PatActivities.Hash,
                _ => _newSecrets.RunAsync(() => HashAsync(token, until.Left, cancellationToken), until.Left, cancellationToken))
            : HashAsync(token, until.Left, cancellationToken);
    }

    /// <summary>Whether <paramref name="stored"/> is the hash of <paramref name="token"/>.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">There are too many to verify at the moment.</exception>
    public async Task<SecretVerdict> VerifyAsync(
        string token, string stored, CancellationToken cancellationToken = default)
    {
        if (!StoredHash.TryParse(stored, MaxMemoryKib, out var hash))
        {
            return SecretVerdict.Unreadable;
        }

        byte[]? key = null;
        if (hash!.KeyId is { } keyId)
        {
            var index = KeyIndex(keyId);
            if (index < 0)
            {
                HasMetUnknownKey = true;
                return SecretVerdict.UnknownKey;
            }

            key = _options.Peppers[index].Key;
        }

        var tag = hash.Algorithm == PersonalAccessTokenHashAlgorithm.Argon2id
            ? await PatActivities.RunAsync(
                PatActivities.Hash, _ => ComputeAsync(token, hash, key, LongestWaitOfRequests, cancellationToken)).ConfigureAwait(false)
            : await ComputeAsync(token, hash, key, LongestWaitOfRequests, cancellationToken).ConfigureAwait(false);
        return CryptographicOperations.FixedTimeEquals(tag, hash.Tag) ? SecretVerdict.Match : SecretVerdict.Mismatch;
    }

    /// <summary>
    /// Whether a new hash would be stronger than <paramref name="stored"/>, a readable one. Never the other way: nodes of
    /// two configurations at once would rewrite each other's hashes for ever.
    /// </summary>
    public bool IsOutdated(string stored)
    {
        if (!StoredHash.TryParse(stored, MaxMemoryKib, out var hash))
        {
            return false;
        }

        var key = KeyIndex(hash!.KeyId);
        var strength = Strength(hash.Algorithm, hash.Cost);
        var configured = Strength(_options.Algorithm, (long)_options.MemoryKib * _options.Iterations);
        return strength < configured || (strength == configured && key < _options.Peppers.Count - 1);
    }

    private static long Strength(PersonalAccessTokenHashAlgorithm algorithm, long cost) =>
        algorithm == PersonalAccessTokenHashAlgorithm.Argon2id ? cost : 0;

    public void Dispose()
    {
        _all.Dispose();
        _newSecrets.Dispose();
    }

    /// <summary>-1 for a key that is not there, and for the hash that has none.</summary>
    private int KeyIndex(string? keyId)
    {
        for (var i = 0; i < _options.Peppers.Count; i++)
        {
            if (_options.Peppers[i].KeyId == keyId)
            {
                return i;
            }
        }

        return -1;
    }

    private async Task<string> HashAsync(string token, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var pepper = _options.Peppers.Count == 0 ? null : _options.Peppers[^1];
        var unfilled = _options.Algorithm == PersonalAccessTokenHashAlgorithm.Argon2id
            ? StoredHash.Argon2id(
                pepper?.KeyId, _options.MemoryKib, _options.Iterations, _options.Parallelism, RandomNumberGenerator.GetBytes(SaltLength), [])
            : StoredHash.Sha256(pepper?.KeyId, []);
        var tag = await ComputeAsync(token, unfilled, pepper?.Key, longestWait, cancellationToken).ConfigureAwait(false);
        return (unfilled with { Tag = tag }).ToString();
    }

    private async Task<byte[]> ComputeAsync(
        string token, StoredHash hash, byte[]? key, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var password = Encoding.ASCII.GetBytes(token);
        try
        {
            return hash.Algorithm == PersonalAccessTokenHashAlgorithm.Argon2id
                ? await _all.RunAsync(() => ComputeArgon2idAsync(password, hash, key), longestWait, cancellationToken).ConfigureAwait(false)
                : ComputeSha256(password, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(password);
        }
    }

    private byte[] ComputeSha256(byte[] password, byte[]? key)
    {
        var started = _timeProvider.GetTimestamp();
        var tag = key is null ? SHA256.HashData(password) : HMACSHA256.HashData(key, password);
        _metrics.SecretHashed(PersonalAccessTokenHashAlgorithm.Sha256, _timeProvider.GetElapsedTime(started));
        return tag;
    }

    private async Task<byte[]> ComputeArgon2idAsync(byte[] password, StoredHash hash, byte[]? key)
    {
        var started = _timeProvider.GetTimestamp();
        using var argon2 = new Argon2id(password)
        {
            Salt = hash.Salt,
            MemorySize = hash.MemoryKib,
            Iterations = hash.Iterations,
            DegreeOfParallelism = hash.Parallelism,
            KnownSecret = key,
        };
        var tag = await argon2.GetBytesAsync(StoredHash.TagLength).ConfigureAwait(false);
        _metrics.SecretHashed(PersonalAccessTokenHashAlgorithm.Argon2id, _timeProvider.GetElapsedTime(started));
        return tag;
    }
}
