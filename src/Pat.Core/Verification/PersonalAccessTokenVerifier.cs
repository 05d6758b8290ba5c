using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Decides whether a presented token is genuine and usable. The row is read for each presentation; only the proof that a
/// digest belongs to a stored hash is kept.
/// </summary>
internal sealed class PersonalAccessTokenVerifier(
    IPersonalAccessTokenStore store,
    SecretHasher hasher,
    ProofCache proofs,
    UsageRecorder usage,
    Clock clock,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<PersonalAccessTokenVerifier> logger,
    IPersonalAccessTokenOwnerSource? owners = null)
{
    private readonly PersonalAccessTokenOptions _options = options.Value;

    /// <exception cref="PersonalAccessTokenUnavailableException">The token can't be judged now.</exception>
    public async Task<PersonalAccessTokenVerification> VerifyAsync(string value, CancellationToken cancellationToken)
    {
        if (!TryIdentify(value, out var id))
        {
            return PersonalAccessTokenVerification.Malformed;
        }

        var digest = SecretDigest.Of(value);
        var token = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (Judge(token, id, digest) is { } refused)
        {
            return refused;
        }

        var owner = await FindOwnerAsync(token!, cancellationToken).ConfigureAwait(false);
        if (JudgeOwner(token!, owner) is var refusal and not PersonalAccessTokenRefusal.None)
        {
            return PersonalAccessTokenVerification.Refused(id, refusal, holdsSecret: true);
        }

        if (!proofs.IsProven(id, digest))
        {
            refusal = await ProveAsync(token!, value, digest, cancellationToken).ConfigureAwait(false);
            if (refusal != PersonalAccessTokenRefusal.None)
            {
                return PersonalAccessTokenVerification.Refused(id, refusal, holdsSecret: false);
            }

            // The hash took its time: an expiry may have passed since.
            if (Judge(token, id, digest) is { } refusedMeanwhile)
            {
                return refusedMeanwhile;
            }
        }

        return PersonalAccessTokenVerification.Accepted(token!, owner, isPreviousSecret: !digest.HasTag(token!.SecretTag));
    }

    private bool TryIdentify(string value, out Guid id)
    {
        var isToken = PersonalAccessTokenFormat.TryParse(value, out var parts) && IsAccepted(parts.Prefix);
        id = parts.Id;
        return isToken;
    }

    private bool IsAccepted(ReadOnlySpan<char> prefix)
    {
        if (prefix.SequenceEqual(_options.TokenPrefix))
        {
            return true;
        }

        foreach (var accepted in _options.AcceptedPrefixes)
        {
            if (prefix.SequenceEqual(accepted))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What the row alone says against the token, or null.</summary>
    private PersonalAccessTokenVerification? Judge(PersonalAccessToken? token, Guid id, SecretDigest digest)
    {
        if (token is null)
        {
            return PersonalAccessTokenVerification.Refused(id, PersonalAccessTokenRefusal.UnknownId, holdsSecret: false);
        }

        var usability = clock.Usability();
        var isCurrent = digest.HasTag(token.SecretTag);
        if (!isCurrent && !(usability.IsPreviousSecretInForce(token) && digest.HasTag(token.PreviousSecretTag)))
        {
            return PersonalAccessTokenVerification.Refused(id, PersonalAccessTokenRefusal.WrongSecret, holdsSecret: false);
        }

        return usability.StatusOf(token) switch
        {
            PersonalAccessTokenStatus.Active => null,
            PersonalAccessTokenStatus.Expired => Dead(PersonalAccessTokenRefusal.Expired),
            PersonalAccessTokenStatus.Inactive => Dead(PersonalAccessTokenRefusal.Inactive),
            _ => Dead(PersonalAccessTokenRefusal.Revoked),
        };

        PersonalAccessTokenVerification Dead(PersonalAccessTokenRefusal refusal) =>
            PersonalAccessTokenVerification.Refused(id, refusal, holdsSecret: true);
    }

    private PersonalAccessTokenRefusal JudgeOwner(PersonalAccessToken token, PersonalAccessTokenOwner? owner)
    {
        if (owners is null)
        {
            return PersonalAccessTokenRefusal.None;
        }

        if (owner is not { IsActive: true })
        {
            return PersonalAccessTokenRefusal.OwnerDisabled;
        }

        return _options.RevokeOnSecurityStampChange && !OwnerStamp.Matches(token.OwnerStamp, owner.SecurityStamp)
            ? PersonalAccessTokenRefusal.OwnerStampChanged
            : PersonalAccessTokenRefusal.None;
    }

    private async Task<PersonalAccessTokenRefusal> ProveAsync(
        PersonalAccessToken token, string value, SecretDigest digest, CancellationToken cancellationToken)
    {
        var isCurrent = digest.HasTag(token.SecretTag);
        var stored = isCurrent ? token.SecretHash : token.PreviousSecretHash ?? "";
        switch (await CompareAsync(token, value, stored, cancellationToken).ConfigureAwait(false))
        {
            case SecretVerdict.Match:
                proofs.Add(token.Id, digest);
                if (isCurrent && hasher.IsOutdated(stored))
                {
                    await RehashAsync(token.Id, value, stored).ConfigureAwait(false);
                }

                return PersonalAccessTokenRefusal.None;

            case SecretVerdict.UnknownKey:
                Log.UnknownPepperKey(logger, PersonalAccessTokenFormat.FormatId(token.Id));
                throw new PersonalAccessTokenUnavailableException("The key that the token's hash was made with is missing on this node.");

            case SecretVerdict.Unreadable:
                Log.UnreadableHash(logger, PersonalAccessTokenFormat.FormatId(token.Id));
                return PersonalAccessTokenRefusal.UnreadableHash;

            default:
                return PersonalAccessTokenRefusal.WrongSecret;
        }
    }

    private async Task<SecretVerdict> CompareAsync(
        PersonalAccessToken token, string value, string stored, CancellationToken cancellationToken)
    {
        try
        {
            return await hasher.VerifyAsync(value, stored, cancellationToken).ConfigureAwait(false);
        }
        catch (PersonalAccessTokenUnavailableException)
        {
            Log.NoRoomToHash(logger, PersonalAccessTokenFormat.FormatId(token.Id));
            throw;
        }
    }

    private async Task RehashAsync(Guid id, string value, string stored)
    {
        try
        {
            var replacement = await hasher.RehashAsync(value).ConfigureAwait(false);
            await store.ReplaceHashAsync(id, stored, replacement, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The token is proven all the same: a database that only reads must not refuse it.
            Log.RehashFailed(logger, PersonalAccessTokenFormat.FormatId(id), exception);
        }
    }

    private async Task<PersonalAccessToken?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            var found = await store.FindAsync([id], cancellationToken).ConfigureAwait(false);
            if (found.Count == 0)
            {
                return null;
            }

            // A token that was used a moment ago is not inactive because that stands in no row yet.
            usage.Complete(found[0]);
            return found[0];
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.StoreUnavailable(logger, exception);
            throw new PersonalAccessTokenUnavailableException("The token store does not answer.", exception);
        }
    }

    private async Task<PersonalAccessTokenOwner?> FindOwnerAsync(PersonalAccessToken token, CancellationToken cancellationToken)
    {
        if (owners is null)
        {
            return null;
        }

        try
        {
            var found = await owners.FindAsync([token.OwnerId], cancellationToken).ConfigureAwait(false);
            return found.GetValueOrDefault(token.OwnerId);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.OwnersUnavailable(logger, exception);
            throw new PersonalAccessTokenUnavailableException("The owners of tokens can't be read.", exception);
        }
    }
}
