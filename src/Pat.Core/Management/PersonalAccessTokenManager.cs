using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Creates, shows, changes, revokes and verifies tokens. A method that takes an owner's id sees that owner's tokens
/// alone; the others are for operators.
/// </summary>
/// <remarks>
/// What can be expected to happen is a <see cref="PersonalAccessTokenResult"/>; an exception is a mistake of the caller's
/// (<see cref="ArgumentException"/>) or a store that does not answer. A write that was sent is not undone by a
/// cancellation.
/// </remarks>
public sealed class PersonalAccessTokenManager
{
    private const int MaxAttempts = 5;

    private readonly IPersonalAccessTokenStore _store;
    private readonly IPersonalAccessTokenOwnerSource? _owners;
    private readonly PersonalAccessTokenVerifier _verifier;
    private readonly SecretHasher _hasher;
    private readonly ProofCache _proofs;
    private readonly RequestRules _rules;
    private readonly Clock _clock;
    private readonly PatMetrics _metrics;
    private readonly PersonalAccessTokenOptions _options;
    private readonly ILogger _logger;

    internal PersonalAccessTokenManager(
        IPersonalAccessTokenStore store,
        IPersonalAccessTokenOwnerSource? owners,
        PersonalAccessTokenVerifier verifier,
        SecretHasher hasher,
        ProofCache proofs,
        RequestRules rules,
        Clock clock,
        PatMetrics metrics,
        IOptions<PersonalAccessTokenOptions> options,
        ILogger<PersonalAccessTokenManager> logger)
    {
        _store = store;
        _owners = owners;
        _verifier = verifier;
        _hasher = hasher;
        _proofs = proofs;
        _rules = rules;
        _clock = clock;
        _metrics = metrics;
        _options = options.Value;
        _logger = logger;
    }

    /// <summary>Creates a token.</summary>
    /// <returns>The token and, once, its value; or what is wrong with the request.</returns>
    public async Task<PersonalAccessTokenResult> CreateAsync(
        PersonalAccessTokenCreation creation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(creation);
        ThrowIfNoOwnerId(creation.OwnerId);

        var now = _clock.UtcNow;
        var errors = new ValidationErrors();
        var prefix = _rules.CheckPrefix(creation.TokenPrefix, errors);
        var token = new PersonalAccessToken
        {
            Id = creation.Id ?? Guid.CreateVersion7(now),
            OwnerId = creation.OwnerId,
            Name = RequestRules.CheckName(creation.Name, errors),
            Scopes = _rules.CheckScopes(creation.Scopes, errors),
            ExpiresAt = _rules.CheckExpiry(creation.ExpiresAt, now, now, errors),
            SecretCreatedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        if (errors.Any)
        {
            return errors.ToResult();
        }

        if (!await TryStampAsync(token, cancellationToken).ConfigureAwait(false))
        {
            return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.OwnerDisabled);
        }

        var value = await IssueAsync(token, prefix).ConfigureAwait(false);
        var outcome = await _store
            .AddAsync(token, _options.Limits, _clock.Usability(), cancellationToken).ConfigureAwait(false);
        if (outcome != PersonalAccessTokenWriteOutcome.Done)
        {
            return NotWritten(outcome);
        }

        _proofs.Add(token.Id, SecretDigest.Of(value));
        _metrics.TokenCreated();
        Log.TokenCreated(_logger, PersonalAccessTokenFormat.FormatId(token.Id));
        return PersonalAccessTokenResult.Done(token, value);
    }

    /// <summary>One of the owner's tokens, or null where the owner has none with this id.</summary>
    public async Task<PersonalAccessToken?> GetAsync(string ownerId, Guid id, CancellationToken cancellationToken = default)
    {
        ThrowIfNoOwnerId(ownerId);
        var token = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        return token?.OwnerId == ownerId ? token : null;
    }

    /// <summary>The token with this id, whoever owns it. For operators.</summary>
    public async Task<PersonalAccessToken?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var found = await _store.FindAsync([id], cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>
    /// The token that a value names, by the id in it: for an operator who was sent a leaked one. Its secret is not
    /// looked at. Null where the value is no token or its id is unknown.
    /// </summary>
    public async Task<PersonalAccessToken?> FindByValueAsync(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return TryReadId(value, out var id) ? await FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
    }

    /// <summary>A page of an owner's tokens.</summary>
    /// <exception cref="ArgumentException">The page is not 1 or more, or its size not 1 to 100.</exception>
    public async Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ThrowIfNoOwnerId(query.OwnerId);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, PersonalAccessTokenQuery.MaxPageSize);
        return await _store.ListAsync(query, _clock.Usability(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The state that <paramref name="token"/> is in now.</summary>
    public PersonalAccessTokenStatus StatusOf(PersonalAccessToken token) => _clock.Usability().StatusOf(token);

    /// <summary>Changes a usable token's name, scopes or expiry.</summary>
    public Task<PersonalAccessTokenResult> UpdateAsync(
        string ownerId, Guid id, PersonalAccessTokenEdit edit, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(edit);
        if (edit is { RemoveExpiry: true, ExpiresAt: not null })
        {
            throw new ArgumentException("Set ExpiresAt or RemoveExpiry, not both.", nameof(edit));
        }

        return ChangeAsync(ownerId, id, edit.IfVersion, ApplyAsync, cancellationToken);

        async Task<PersonalAccessTokenResult?> ApplyAsync(PersonalAccessToken token)
        {
            var errors = new ValidationErrors();
            if (edit.Name is not null)
            {
                token.Name = RequestRules.CheckName(edit.Name, errors);
            }

            if (edit.Scopes is not null)
            {
                token.Scopes = _rules.CheckScopes(edit.Scopes, errors);
            }

            if (edit.ExpiresAt is not null || edit.RemoveExpiry)
            {
                token.ExpiresAt = _rules.CheckExpiry(edit.ExpiresAt, token.SecretCreatedAt, _clock.UtcNow, errors);
            }

            if (errors.Any)
            {
                return errors.ToResult();
            }

            var outcome = await _store.EditAsync(token, _clock.Usability(), cancellationToken).ConfigureAwait(false);
            if (outcome == PersonalAccessTokenWriteOutcome.NotApplicable)
            {
                return null;
            }

            Log.TokenEdited(_logger, PersonalAccessTokenFormat.FormatId(id));
            return PersonalAccessTokenResult.Done(token);
        }
    }

    /// <summary>Replaces a usable token's secret. Its id, name and scopes stay; a second rotation ends the overlap of the first.</summary>
    /// <returns>The token and, once, its new value; or what is wrong with the request.</returns>
    public Task<PersonalAccessTokenResult> RotateAsync(
        string ownerId, Guid id, PersonalAccessTokenRotation rotation, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rotation);
        return ChangeAsync(ownerId, id, rotation.IfVersion, ApplyAsync, cancellationToken);

        async Task<PersonalAccessTokenResult?> ApplyAsync(PersonalAccessToken token)
        {
            var now = _clock.UtcNow;
            var errors = new ValidationErrors();
            var prefix = _rules.CheckPrefix(rotation.TokenPrefix, errors);
            _rules.CheckOverlap(rotation.Overlap, errors);
            // The secret is a new one, so an expiry that is kept has to be within today's policy too.
            var expiresAt = _rules.CheckExpiry(rotation.ExpiresAt ?? token.ExpiresAt, now, now, errors);
            if (errors.Any)
            {
                return errors.ToResult();
            }

            if (!await TryStampAsync(token, cancellationToken).ConfigureAwait(false))
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.OwnerDisabled);
            }

            DateTimeOffset?[] ends = [Clock.Truncate(now + rotation.Overlap), token.ExpiresAt, expiresAt];
            token.PreviousSecretExpiresAt = rotation.Overlap > TimeSpan.Zero ? ends.Min() : null;
            token.ExpiresAt = expiresAt;
            token.SecretCreatedAt = now;
            (token.PreviousSecretHash, token.PreviousSecretTag) =
                token.PreviousSecretExpiresAt is null ? (null, null) : (token.SecretHash, token.SecretTag);
            var value = await IssueAsync(token, prefix).ConfigureAwait(false);
            var outcome = await _store
                .RotateAsync(token, _options.Limits, _clock.Usability(), cancellationToken).ConfigureAwait(false);
            if (outcome == PersonalAccessTokenWriteOutcome.NotApplicable)
            {
                return null;
            }

            if (outcome != PersonalAccessTokenWriteOutcome.Done)
            {
                return NotWritten(outcome);
            }

            _proofs.Add(id, SecretDigest.Of(value));
            _metrics.TokenRotated();
            Log.TokenRotated(_logger, PersonalAccessTokenFormat.FormatId(id));
            return PersonalAccessTokenResult.Done(token, value);
        }
    }

    /// <summary>Revokes one of the owner's tokens, at once and for ever. Revoking it again is no error.</summary>
    /// <param name="ownerId">Whose token.</param>
    /// <param name="id">Which token.</param>
    /// <param name="reason">Why, for whoever looks at it later: at most 200 characters, or null.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>False where this owner has no token with this id.</returns>
    public async Task<bool> RevokeAsync(
        string ownerId, Guid id, string? reason = null, CancellationToken cancellationToken = default)
    {
        ThrowIfReasonTooLong(reason);
        return await GetAsync(ownerId, id, cancellationToken).ConfigureAwait(false) is { } token
            && await RevokeAsync(token, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Revokes a token, whoever owns it. For operators.</summary>
    /// <inheritdoc cref="RevokeAsync(string, Guid, string?, CancellationToken)"/>
    /// <returns>False where no token has this id.</returns>
    public async Task<bool> RevokeAsync(Guid id, string? reason = null, CancellationToken cancellationToken = default)
    {
        ThrowIfReasonTooLong(reason);
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } token
            && await RevokeAsync(token, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Revokes all tokens of an owner; also what to call when the owner is deleted, so that a recycled id inherits none.</summary>
    /// <param name="ownerId">Whose tokens.</param>
    /// <param name="except">A token to keep, or null.</param>
    /// <param name="reason">Why, for whoever looks at them later: at most 200 characters, or null.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>How many it revoked.</returns>
    public async Task<int> RevokeAllAsync(
        string ownerId, Guid? except = null, string? reason = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNoOwnerId(ownerId);
        ThrowIfReasonTooLong(reason);
        var count = await _store.RevokeAllAsync(ownerId, except, _clock.UtcNow, reason, cancellationToken).ConfigureAwait(false);
        _metrics.TokensRevoked(count);
        Log.TokensRevoked(_logger, count);
        return count;
    }

    /// <summary>Decides whether a presented value is a genuine, usable token. It does not count as a use.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It can't be decided now.</exception>
    public Task<PersonalAccessTokenVerification> VerifyAsync(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        return _verifier.VerifyAsync(value, cancellationToken);
    }

    private static bool TryReadId(string value, out Guid id)
    {
        var isToken = PersonalAccessTokenFormat.TryParse(value.AsSpan().Trim(), out var parts);
        id = parts.Id;
        return isToken;
    }

    /// <summary>
    /// Reads the token, judges it, and lets <paramref name="applyAsync"/> write it at its next version; again from the
    /// start where the row changed in between (null) and the caller did not insist on a version.
    /// </summary>
    private async Task<PersonalAccessTokenResult> ChangeAsync(
        string ownerId,
        Guid id,
        long? ifVersion,
        Func<PersonalAccessToken, Task<PersonalAccessTokenResult?>> applyAsync,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var token = await GetAsync(ownerId, id, cancellationToken).ConfigureAwait(false);
            if (token is null)
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.NotFound);
            }

            var usability = _clock.Usability();
            if (!usability.IsUsable(token))
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.NotUsable, token);
            }

            if (ifVersion is not null && ifVersion != token.Version)
            {
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.VersionMismatch, token);
            }

            token.Version++;
            token.UpdatedAt = usability.Now;
            if (await applyAsync(token).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.VersionMismatch);
    }

    private async Task<bool> RevokeAsync(PersonalAccessToken token, string? reason, CancellationToken cancellationToken)
    {
        var outcome = await _store.RevokeAsync(token.Id, _clock.UtcNow, reason, cancellationToken).ConfigureAwait(false);
        if (outcome == PersonalAccessTokenWriteOutcome.Done)
        {
            _metrics.TokensRevoked(1);
            Log.TokenRevoked(_logger, PersonalAccessTokenFormat.FormatId(token.Id));
        }

        return true;
    }

    /// <summary>Draws a secret and fills in its hash and tag.</summary>
    private async Task<string> IssueAsync(PersonalAccessToken token, string prefix)
    {
        var value = PersonalAccessTokenFormat.Create(prefix, token.Id);
        token.SecretTag = SecretDigest.Of(value).ToTag();
        token.SecretHash = await _hasher.HashAsync(value).ConfigureAwait(false);
        return value;
    }

    /// <summary>False where the owner may not act.</summary>
    private async Task<bool> TryStampAsync(PersonalAccessToken token, CancellationToken cancellationToken)
    {
        if (_owners is null)
        {
            return true;
        }

        var found = await _owners.FindAsync([token.OwnerId], cancellationToken).ConfigureAwait(false);
        if (found.GetValueOrDefault(token.OwnerId) is not { IsActive: true } owner)
        {
            return false;
        }

        token.OwnerStamp = OwnerStamp.Of(owner.SecurityStamp);
        return true;
    }

    private PersonalAccessTokenResult NotWritten(PersonalAccessTokenWriteOutcome outcome)
    {
        switch (outcome)
        {
            case PersonalAccessTokenWriteOutcome.Duplicate:
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.Duplicate);

            case PersonalAccessTokenWriteOutcome.TooManySecrets:
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.TooManySecrets);

            case PersonalAccessTokenWriteOutcome.TooManyTokens:
                var errors = new ValidationErrors();
                errors.Add("", $"You have {_options.MaxTokensPerOwner} tokens, which is the most. Revoke one that you no longer need.");
                return errors.ToResult();

            default:
                throw new InvalidOperationException($"The token store answered {outcome} to a write that can't have that outcome.");
        }
    }

    private static void ThrowIfNoOwnerId(string ownerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        if (ownerId.Length > RequestRules.MaxOwnerIdLength)
        {
            throw new ArgumentException($"An owner's id has at most {RequestRules.MaxOwnerIdLength} characters.", nameof(ownerId));
        }
    }

    private static void ThrowIfReasonTooLong(string? reason)
    {
        if (reason?.Length > RequestRules.MaxReasonLength)
        {
            throw new ArgumentException($"A reason has at most {RequestRules.MaxReasonLength} characters.", nameof(reason));
        }
    }
}
