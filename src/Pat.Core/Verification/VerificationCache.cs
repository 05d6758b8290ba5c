using BitFaster.Caching.Lru;

namespace Pat;

/// <summary>The tokens that this node has proven, the most recently used ones. Nothing else enters it, so nobody without a token can fill it.</summary>
internal sealed class VerificationCache
{
    /// <summary>The most tokens that are kept.</summary>
    public const int DefaultCapacity = 100_000;

    private readonly FastConcurrentLru<Guid, CachedToken> _tokens;

    public VerificationCache(PatMetrics metrics)
        : this(DefaultCapacity) =>
        metrics.ObserveCacheEntries(() => Count);

    internal VerificationCache(int capacity) => _tokens = new FastConcurrentLru<Guid, CachedToken>(capacity);

    public int Count => _tokens.Count;

    public CachedToken? Find(Guid id) => _tokens.TryGet(id, out var token) ? token : null;

    /// <summary>Remembers that the slow hash, or this node's own making of the secret, has proven <paramref name="digest"/>.</summary>
    public CachedToken Prove(Guid id, SecretDigest digest)
    {
        var token = _tokens.GetOrAdd(id, static _ => new CachedToken());
        token.Prove(digest);
        return token;
    }

    public void Remove(Guid id) => _tokens.TryRemove(id);

    /// <summary>The tokens with a state that served a request in the rounds from <paramref name="round"/> on.</summary>
    public IEnumerable<(Guid Id, TokenState State)> UsedSince(int round)
    {
        foreach (var (id, token) in _tokens)
        {
            if (token.State is { } state && token.UsedInRound - round >= 0)
            {
                yield return (id, state);
            }
        }
    }
}
