using BitFaster.Caching.Lru;

namespace Pat;

/// <summary>
/// Remembers which digests the slow hash has proven, so that it runs once for each secret and process. A proof says that
/// a digest belongs to a stored tag, nothing about what the token may do: it holds while the row has that tag.
/// </summary>
internal sealed class ProofCache
{
    /// <summary>The most tokens that are remembered.</summary>
    private const int Capacity = 100_000;

    private readonly ConcurrentLru<Guid, Proofs> _proofs = new(Capacity);

    public bool IsProven(Guid id, SecretDigest digest) => _proofs.TryGet(id, out var proofs) && proofs.Contains(digest);

    /// <summary>Two secrets of a token can work at once, so the two newest proofs are kept.</summary>
    public void Add(Guid id, SecretDigest digest)
    {
        _proofs.TryGet(id, out Proofs? known);
        if (known?.Contains(digest) != true)
        {
            _proofs.AddOrUpdate(id, new Proofs(digest, known?.Newest));
        }
    }

    private sealed record Proofs(SecretDigest Newest, SecretDigest? Former)
    {
        public bool Contains(SecretDigest digest) => Newest.Equals(digest) || (Former is { } former && former.Equals(digest));
    }
}
