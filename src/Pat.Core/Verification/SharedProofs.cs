using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>
/// Proves presented secrets by the slow hash, once for all who present the same one at the same time. It goes on while one
/// of them waits, and is abandoned when the last one left.
/// </summary>
internal sealed class SharedProofs(
    IPersonalAccessTokenStore store,
    SecretHasher hasher,
    VerificationCache cache,
    TimeProvider timeProvider,
    ILogger<PersonalAccessTokenVerifier> logger) : IDisposable
{
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(2);

    /// <summary>The most tokens whose hash waits to be brought up to date; the next ones' first use in another process tries again.</summary>
    private const int MaxRehashes = 1_000;

    /// <summary>One at a time: after a change of the key thousands are due at once, and the database is the requests'.</summary>
    private readonly HashRoom _rehashes = new(1, timeProvider);

    private readonly Lock _lock = new();
    private readonly Dictionary<(Guid Id, SecretDigest Digest, string Stored), Proof> _proofs = [];

    /// <summary>Compares <paramref name="value"/> with <paramref name="stored"/>, and remembers a match.</summary>
    /// <param name="id">The token.</param>
    /// <param name="digest">Of <paramref name="value"/>.</param>
    /// <param name="value">What was presented.</param>
    /// <param name="stored">The hash that it has to match.</param>
    /// <param name="isCurrent">Whether that is the current secret's hash, which is brought up to date where it is weaker than configured.</param>
    /// <param name="cancellationToken">Leaves; others may go on waiting.</param>
    /// <exception cref="PersonalAccessTokenUnavailableException">There are too many to prove at the moment.</exception>
    public async Task<SecretVerdict> ProveAsync(
        Guid id, SecretDigest digest, string value, string stored, bool isCurrent, CancellationToken cancellationToken)
    {
        var key = (id, digest, stored);
        var proof = Join(key, out var isFirst);
        if (isFirst)
        {
            _ = RunAsync(key, proof, value, isCurrent);
        }

        try
        {
            return await proof.Verdict.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, proof);
        }
    }

    public void Dispose() => _rehashes.Dispose();

    private Proof Join((Guid Id, SecretDigest Digest, string Stored) key, out bool isFirst)
    {
        lock (_lock)
        {
            isFirst = !_proofs.TryGetValue(key, out var proof);
            if (proof is null)
            {
                proof = new Proof();
                _proofs.Add(key, proof);
            }

            proof.Callers++;
            return proof;
        }
    }

    private void Leave((Guid Id, SecretDigest Digest, string Stored) key, Proof proof)
    {
        lock (_lock)
        {
            proof.Callers--;
            if (proof.Callers > 0)
            {
                return;
            }

            Remove(key, proof);
        }

        proof.Abandoned.Cancel();
    }

    private void Remove((Guid Id, SecretDigest Digest, string Stored) key, Proof proof)
    {
        if (_proofs.TryGetValue(key, out var known) && known == proof)
        {
            _proofs.Remove(key);
        }
    }

    private async Task RunAsync((Guid Id, SecretDigest Digest, string Stored) key, Proof proof, string value, bool isCurrent)
    {
        // Nobody waits for the rehash: who presented the token is told first.
        if (await VerifyAsync(key, proof, value).ConfigureAwait(false) && isCurrent && hasher.IsOutdated(key.Stored)
            && _rehashes.Waiting < MaxRehashes)
        {
            await RehashAsync(key.Id, value, key.Stored).ConfigureAwait(false);
        }
    }

    /// <returns>Whether it is proven.</returns>
    private async Task<bool> VerifyAsync((Guid Id, SecretDigest Digest, string Stored) key, Proof proof, string value)
    {
        try
        {
            var verdict = await hasher.VerifyAsync(value, key.Stored, proof.Abandoned.Token).ConfigureAwait(false);
            if (verdict == SecretVerdict.Match)
            {
                cache.Prove(key.Id, key.Digest);
            }

            proof.Verdict.SetResult(verdict);
            return verdict == SecretVerdict.Match;
        }
        catch (Exception exception)
        {
            if (exception is PersonalAccessTokenUnavailableException)
            {
                Log.NoRoomToHash(logger, PersonalAccessTokenFormat.FormatId(key.Id));
            }

            proof.Verdict.SetException(exception);

            // Whoever waited may have left.
            _ = proof.Verdict.Task.Exception;
            return false;
        }
        finally
        {
            lock (_lock)
            {
                Remove(key, proof);
            }
        }
    }

    private async Task RehashAsync(Guid id, string value, string stored)
    {
        try
        {
            await _rehashes.RunAsync(
                async () =>
                {
                    var replacement = await hasher.HashAsync(value).ConfigureAwait(false);
                    using var limit = new CancellationTokenSource(LongestWrite, timeProvider);
                    await store.ReplaceHashAsync(id, stored, replacement, limit.Token).InTimeAsync(limit.Token).ConfigureAwait(false);
                    return true;
                },
                Timeout.InfiniteTimeSpan,
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The token is proven all the same: a database that only reads must not refuse it.
            Log.RehashFailed(logger, PersonalAccessTokenFormat.FormatId(id), exception);
        }
    }

    private sealed class Proof
    {
        public TaskCompletionSource<SecretVerdict> Verdict { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Cancelled when nobody waits any more. It has no timer, so there is nothing to dispose of.</summary>
        public CancellationTokenSource Abandoned { get; } = new();

        /// <summary>How many requests wait for it.</summary>
        public int Callers { get; set; }
    }
}
