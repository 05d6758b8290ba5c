using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Edits and rotates one owner's usable tokens.</summary>
internal sealed class TokenChanges(
    ManagedStore store,
    OwnerTurns turns,
    SecretIssuer issuer,
    RequestRules rules,
    Clock clock,
    PatMetrics metrics,
    IOptions<PersonalAccessTokenOptions> options,
    ILogger<PersonalAccessTokenManager> logger)
{
    private const int MaxAttempts = 5;

    private readonly PersonalAccessTokenOptions _options = options.Value;

    public Task<PersonalAccessTokenResult> EditAsync(
        string ownerId, Guid id, PersonalAccessTokenEdit edit, CancellationToken cancellationToken) =>
        ChangeAsync(ownerId, id, edit.IfVersion, token => TryEditAsync(token, edit, cancellationToken), cancellationToken);

    public async Task<PersonalAccessTokenResult> RotateAsync(
        string ownerId, Guid id, PersonalAccessTokenRotation rotation, CancellationToken cancellationToken)
    {
        using var turn = await turns.EnterAsync(ownerId, cancellationToken).ConfigureAwait(false);
        return await ChangeAsync(
            ownerId, id, rotation.IfVersion, token => TryRotateAsync(token, rotation, turn.Deadline, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Reads the token, judges it, and lets <paramref name="tryAsync"/> write it at its next version; again from the
    /// start where the row changed in between (null) and the caller did not insist on a version.
    /// </summary>
    private async Task<PersonalAccessTokenResult> ChangeAsync(
        string ownerId,
        Guid id,
        long? ifVersion,
        Func<PersonalAccessToken, Task<PersonalAccessTokenResult?>> tryAsync,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var found = await store.FindAsync(id, cancellationToken).ConfigureAwait(false);
            if (found.Count == 0 || found[0].OwnerId != ownerId)
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.NotFound);
            }

            var token = found[0];
            if (!clock.Usability().IsUsable(token))
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.NotUsable, token);
            }

            if (ifVersion is not null && ifVersion != token.Version)
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.VersionMismatch, token);
            }

            if (await tryAsync(token).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.VersionMismatch);
    }

    private static void Advance(PersonalAccessToken token, DateTimeOffset now)
    {
        token.Version++;
        token.UpdatedAt = now;
    }

    private async Task<PersonalAccessTokenResult?> TryEditAsync(
        PersonalAccessToken token, PersonalAccessTokenEdit edit, CancellationToken cancellationToken)
    {
        var errors = new ValidationErrors();
        if (edit.Name is not null)
        {
            token.Name = RequestRules.CheckName(edit.Name, errors);
        }

        if (edit.Scopes is not null)
        {
            token.Scopes = rules.CheckScopes(edit.Scopes, errors);
        }

        // An expiry that is only repeated stands, though the rules may have become stricter since it was given.
        var isRepeated = edit.ExpiresAt is { } given && Clock.Truncate(given) == token.ExpiresAt;
        if ((edit.ExpiresAt is not null && !isRepeated) || edit.RemoveExpiry)
        {
            token.ExpiresAt = rules.CheckExpiry(edit.ExpiresAt, token.SecretCreatedAt, clock.UtcNow, errors);
        }

        if (errors.Any || edit.HasFaults)
        {
            return errors.ToResult();
        }

        if (edit is { Name: null, Scopes: null, ExpiresAt: null, RemoveExpiry: false })
        {
            return PersonalAccessTokenResult.Done(token);
        }

        Advance(token, clock.UtcNow);
        var outcome = await store.EditAsync(token, clock.Usability(), cancellationToken).ConfigureAwait(false);
        if (outcome == PersonalAccessTokenWriteOutcome.NotApplicable)
        {
            return null;
        }

        if (outcome != PersonalAccessTokenWriteOutcome.Done)
        {
            return rules.Explain(outcome);
        }

        Log.TokenEdited(logger, PersonalAccessTokenFormat.FormatId(token.Id), token.OwnerId);
        return PersonalAccessTokenResult.Done(token);
    }

    private async Task<PersonalAccessTokenResult?> TryRotateAsync(
        PersonalAccessToken token, PersonalAccessTokenRotation rotation, Deadline deadline, CancellationToken cancellationToken)
    {
        var now = clock.UtcNow;
        var errors = new ValidationErrors();
        var prefix = rules.CheckPrefix(rotation.TokenPrefix, errors);
        rules.CheckOverlap(rotation.Overlap, errors);

        // The secret is a new one, so an expiry that is kept has to be within today's policy too.
        var expiresAt = rules.CheckExpiry(rotation.ExpiresAt ?? token.ExpiresAt, now, now, errors);
        if (errors.Any || rotation.HasFaults)
        {
            return errors.ToResult();
        }

        Advance(token, now);
        var limit = await store
            .CheckLimitsAsync(token.OwnerId, isNewToken: false, _options.Limits, clock.Usability(), cancellationToken).ConfigureAwait(false);
        if (limit != PersonalAccessTokenWriteOutcome.Done)
        {
            return rules.Explain(limit);
        }

        var (formerHash, formerTag, formerStamp) = (token.SecretHash, token.SecretTag, token.OwnerStamp);
        var (value, failure) = await issuer
            .IssueAsync(token, prefix, rotation.IfOwnerStamp, deadline, cancellationToken).ConfigureAwait(false);
        if (value is null)
        {
            // A token has no session that could have ended: it is judged once more, by the stamp of now.
            return failure == PersonalAccessTokenFailure.OwnerChanged && rotation.IsByTokenItself ? null : PersonalAccessTokenResult.Failed(failure);
        }

        // A secret that ended with the owner's credentials is not brought back by an overlap: the stamp is the new one's.
        var isEnded = _options.RevokeOnSecurityStampChange && !OwnerStamp.AreEqual(formerStamp, token.OwnerStamp);
        if (isEnded && rotation.IsByTokenItself)
        {
            return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.OwnerDisabled);
        }

        DateTimeOffset?[] ends = [Clock.Truncate(now + rotation.Overlap), token.ExpiresAt, expiresAt];
        token.PreviousSecretExpiresAt = rotation.Overlap > TimeSpan.Zero && !isEnded ? ends.Min() : null;
        (token.PreviousSecretHash, token.PreviousSecretTag) =
            token.PreviousSecretExpiresAt is null ? (null, null) : (formerHash, formerTag);
        token.ExpiresAt = expiresAt;
        token.SecretCreatedAt = now;
        var outcome = await store
            .RotateAsync(token, _options.Limits, clock.Usability(), CancellationToken.None).ConfigureAwait(false);
        if (outcome == PersonalAccessTokenWriteOutcome.NotApplicable)
        {
            return null;
        }

        if (outcome != PersonalAccessTokenWriteOutcome.Done)
        {
            return rules.Explain(outcome);
        }

        issuer.Prove(token, value);
        metrics.TokenRotated();
        Log.TokenRotated(logger, PersonalAccessTokenFormat.FormatId(token.Id), token.OwnerId);
        return PersonalAccessTokenResult.Done(token, value);
    }
}
