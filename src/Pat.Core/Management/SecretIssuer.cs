namespace Pat;

/// <summary>Draws secrets for tokens whose owners may act.</summary>
internal sealed class SecretIssuer(SecretHasher hasher, VerificationCache cache, OwnerLookup owners)
{
    /// <summary>Draws a secret and fills in its hash and tag and the owner's stamp.</summary>
    /// <param name="token">The token that it is for.</param>
    /// <param name="prefix">What its value begins with.</param>
    /// <param name="ifOwnerStamp">The security stamp that the owner must have, or null for any.</param>
    /// <param name="deadline">How long it may wait for room to hash.</param>
    /// <param name="cancellationToken">Leaves, as long as nothing is hashed. What was costs the same whether or not somebody waits for it: it is made, and counted.</param>
    /// <returns>The token's value, or why there is none.</returns>
    /// <exception cref="PersonalAccessTokenUnavailableException">The owner can't be asked for now, or there is no room to hash.</exception>
    public async Task<(string? Value, PersonalAccessTokenFailure Failure)> IssueAsync(
        PersonalAccessToken token, string prefix, string? ifOwnerStamp, Deadline deadline, CancellationToken cancellationToken)
    {
        var failure = await StampAsync(token, OwnerStamp.Of(ifOwnerStamp), cancellationToken).ConfigureAwait(false);
        if (failure != PersonalAccessTokenFailure.None)
        {
            return (null, failure);
        }

        var value = PersonalAccessTokenFormat.Create(prefix, token.Id);
        token.SecretTag = SecretDigest.Of(value).ToTag();
        token.SecretHash = await hasher.HashAsync(value, deadline, cancellationToken).ConfigureAwait(false);

        // That took its time, in which the owner may have been locked, removed, or given another password.
        failure = await StampAsync(token, token.OwnerStamp, CancellationToken.None).ConfigureAwait(false);
        return failure == PersonalAccessTokenFailure.None ? (value, failure) : (null, failure);
    }

    /// <summary>Spares this node the hash at the first use of a value that it issued itself, once that is stored.</summary>
    public void Prove(PersonalAccessToken token, string value) => cache.Prove(token.Id, SecretDigest.Of(value));

    private async Task<PersonalAccessTokenFailure> StampAsync(PersonalAccessToken token, byte[]? expected, CancellationToken cancellationToken)
    {
        if (!owners.HasSource)
        {
            return PersonalAccessTokenFailure.None;
        }

        if (await owners.FindAsync(token.OwnerId, cancellationToken).ConfigureAwait(false) is not { IsActive: true } owner)
        {
            return PersonalAccessTokenFailure.OwnerDisabled;
        }

        var stamp = OwnerStamp.Of(owner.SecurityStamp);
        if (expected is not null && !OwnerStamp.AreEqual(expected, stamp))
        {
            return PersonalAccessTokenFailure.OwnerChanged;
        }

        token.OwnerStamp = stamp;
        return PersonalAccessTokenFailure.None;
    }
}
