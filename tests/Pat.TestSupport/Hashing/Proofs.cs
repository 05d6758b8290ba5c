namespace Pat.TestSupport;

/// <summary>A proof without a verification around it.</summary>
internal static class Proofs
{
    public static Task<SecretVerdict> ProveAsync(
        TokenApplication node, PersonalAccessToken stored, string value, CancellationToken cancellationToken = default) =>
        node.Get<SharedProofs>().ProveAsync(stored.Id, SecretDigest.Of(value), value, stored.SecretHash, isCurrent: true, cancellationToken);
}
