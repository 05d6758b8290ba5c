namespace Pat;

/// <summary>Draws secrets for tokens whose owners may act.</summary>
internal sealed class SecretIssuer(SecretHasher hasher, VerificationCache cache, OwnerLookup owners)
{
    /// <summary>Draws a secret and fills in its hash and tag and the owner's stamp.</summary>
    /// <returns>The token's value, or null where the owner may not act.</returns>
    /// <exception cref="PersonalAccessTokenUnavailableException">The owner can't be asked for now, or there is no room to hash.</exception>
    public async Task<string?> IssueAsync(PersonalAccessToken token, string prefix, Deadline deadline, CancellationToken cancellationToken)
    {
        if (!await TryStampAsync(token, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        var value = PersonalAccessTokenFormat.Create(prefix, token.Id);
        token.SecretTag = SecretDigest.Of(value).ToTag();
        token.SecretHash = await hasher.HashAsync(value, deadline, cancellationToken).ConfigureAwait(false);
        return value;
    }

    /// <summary>Spares this node the hash at the first use of a value that it issued itself, once that is stored.</summary>
    public void Prove(PersonalAccessToken token, string value) => cache.Prove(token.Id, SecretDigest.Of(value));

    private async Task<bool> TryStampAsync(PersonalAccessToken token, CancellationToken cancellationToken)
    {
        if (!owners.HasSource)
        {
            return true;
        }

        if (await owners.FindAsync(token.OwnerId, cancellationToken).ConfigureAwait(false) is not { IsActive: true } owner)
        {
            return false;
        }

        token.OwnerStamp = OwnerStamp.Of(owner.SecurityStamp);
        return true;
    }
}
