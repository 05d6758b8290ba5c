using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Creates, shows, changes, revokes and verifies tokens. A method that takes an owner's id sees that owner's tokens
/// alone; the others are for operators.
/// </summary>
/// <remarks>
/// What can be expected to happen is a <see cref="PersonalAccessTokenResult"/>; an exception is a mistake of the caller's
/// (<see cref="ArgumentException"/>), or a store that does not answer within
/// <see cref="PersonalAccessTokenOptions.StoreTimeout"/> (<see cref="PersonalAccessTokenUnavailableException"/>). A write that was sent is not undone by a
/// cancellation.
/// </remarks>
public sealed class PersonalAccessTokenManager
{
    private readonly ManagedStore _store;
    private readonly OwnerTurns _turns;
    private readonly ChangePublisher _publisher;
    private readonly PersonalAccessTokenVerifier _verifier;
    private readonly SecretIssuer _issuer;
    private readonly TokenChanges _changes;
    private readonly RequestRules _rules;
    private readonly Clock _clock;
    private readonly PatMetrics _metrics;
    private readonly PersonalAccessTokenOptions _options;
    private readonly ILogger _logger;

    internal PersonalAccessTokenManager(
        ManagedStore store,
        OwnerTurns turns,
        ChangePublisher publisher,
        PersonalAccessTokenVerifier verifier,
        SecretIssuer issuer,
        TokenChanges changes,
        RequestRules rules,
        Clock clock,
        PatMetrics metrics,
        IOptions<PersonalAccessTokenOptions> options,
        ILogger<PersonalAccessTokenManager> logger)
    {
        _store = store;
        _turns = turns;
        _publisher = publisher;
        _verifier = verifier;
        _issuer = issuer;
        _changes = changes;
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
        RequestRules.ThrowIfNoOwnerId(creation.OwnerId);
        if (creation.Id == Guid.Empty)
        {
            throw new ArgumentException("An id of zeros is no token's: leave Id out, or set it to Guid.CreateVersion7().", nameof(creation));
        }

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
        if (errors.Any || creation.HasFaults)
        {
            return errors.ToResult();
        }

        // What the store would refuse is not hashed first, and one request of an owner sees what the one before it made.
        using var turn = await _turns.EnterAsync(token.OwnerId, cancellationToken).ConfigureAwait(false);
        if (creation.Id is { } chosen && await FindAsync(chosen, cancellationToken).ConfigureAwait(false) is not null)
        {
            return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.Duplicate);
        }

        var limit = await _store
            .CheckLimitsAsync(token.OwnerId, isNewToken: true, _options.Limits, _clock.Usability(), cancellationToken).ConfigureAwait(false);
        if (limit != PersonalAccessTokenWriteOutcome.Done)
        {
            return _rules.Explain(limit);
        }

        var (value, failure) = await _issuer
            .IssueAsync(token, prefix, creation.IfOwnerStamp, turn.Deadline, cancellationToken).ConfigureAwait(false);
        if (value is null)
        {
            return PersonalAccessTokenResult.Failed(failure);
        }

        var outcome = await _store
            .AddAsync(token, _options.Limits, _clock.Usability(), CancellationToken.None).ConfigureAwait(false);
        if (outcome != PersonalAccessTokenWriteOutcome.Done)
        {
            return _rules.Explain(outcome);
        }

        _issuer.Prove(token, value);
        _metrics.TokenCreated();
        Log.TokenCreated(_logger, PersonalAccessTokenFormat.FormatId(token.Id), token.OwnerId);
        return PersonalAccessTokenResult.Done(token, value);
    }

    /// <summary>One of the owner's tokens, or null where the owner has none with this id.</summary>
    public async Task<PersonalAccessToken?> GetAsync(string ownerId, Guid id, CancellationToken cancellationToken = default)
    {
        RequestRules.ThrowIfNoOwnerId(ownerId);
        var token = await FindAsync(id, cancellationToken).ConfigureAwait(false);
        return token?.OwnerId == ownerId ? token : null;
    }

    /// <summary>The token with this id, whoever owns it. For operators.</summary>
    public async Task<PersonalAccessToken?> FindAsync(Guid id, CancellationToken cancellationToken = default)
    {
        var found = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>
    /// The token whose value this is, or was before its last rotation while that goes on working: for an operator who was
    /// sent a leaked one. Null for anything else, also for a well-formed value that has a token's id, which anybody can
    /// put together.
    /// </summary>
    public async Task<PersonalAccessToken?> FindByValueAsync(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!TryRead(value, out var id, out var tag) || await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        return tag == SecretDigest.ReadTag(token.SecretTag)
            || (_clock.Usability().IsPreviousSecretInForce(token) && tag == SecretDigest.ReadTag(token.PreviousSecretTag))
            ? token
            : null;
    }

    /// <summary>A page of an owner's tokens.</summary>
    /// <exception cref="ArgumentException">The page is not 1 or more, or its size not 1 to 100.</exception>
    public async Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        RequestRules.ThrowIfNoOwnerId(query.OwnerId);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Page, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(query.PageSize, PersonalAccessTokenQuery.MaxPageSize);
        return await _store.ListAsync(query, _clock.Usability(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The state that <paramref name="token"/> is in now.</summary>
    public PersonalAccessTokenStatus StatusOf(PersonalAccessToken token) => _clock.Usability().StatusOf(token);

    /// <summary>Changes a usable token's name, scopes or expiry.</summary>
    public Task<PersonalAccessTokenResult> EditAsync(
        string ownerId, Guid id, PersonalAccessTokenEdit edit, CancellationToken cancellationToken = default)
    {
        RequestRules.ThrowIfNoOwnerId(ownerId);
        ArgumentNullException.ThrowIfNull(edit);
        if (edit is { RemoveExpiry: true, ExpiresAt: not null })
        {
            throw new ArgumentException("Set ExpiresAt or RemoveExpiry, not both.", nameof(edit));
        }

        return _changes.EditAsync(ownerId, id, edit, cancellationToken);
    }

    /// <summary>Replaces a usable token's secret. Its id, name and scopes stay; a second rotation ends the overlap of the first.</summary>
    /// <returns>The token and, once, its new value; or what is wrong with the request.</returns>
    public Task<PersonalAccessTokenResult> RotateAsync(
        string ownerId, Guid id, PersonalAccessTokenRotation rotation, CancellationToken cancellationToken = default)
    {
        RequestRules.ThrowIfNoOwnerId(ownerId);
        ArgumentNullException.ThrowIfNull(rotation);
        return _changes.RotateAsync(ownerId, id, rotation, cancellationToken);
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
        RequestRules.ThrowIfNoReason(reason);
        return await GetAsync(ownerId, id, cancellationToken).ConfigureAwait(false) is { } token
            && await RevokeAsync(token, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Revokes a token, whoever owns it. For operators.</summary>
    /// <inheritdoc cref="RevokeAsync(string, Guid, string?, CancellationToken)"/>
    /// <returns>False where no token has this id.</returns>
    public async Task<bool> RevokeAsync(Guid id, string? reason = null, CancellationToken cancellationToken = default)
    {
        RequestRules.ThrowIfNoReason(reason);
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
        RequestRules.ThrowIfNoOwnerId(ownerId);
        RequestRules.ThrowIfNoReason(reason);
        var count = await _store.RevokeAllAsync(ownerId, except, _clock.UtcNow, reason, cancellationToken).ConfigureAwait(false);
        _metrics.TokensRevoked(count);
        Log.TokensRevoked(_logger, count, ownerId);
        return count;
    }

    /// <summary>Decides whether a presented value is a genuine, usable token. It does not count as a use.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It can't be decided now.</exception>
    public async Task<PersonalAccessTokenVerification> VerifyAsync(string value, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        var verdict = await _verifier.VerifyAsync(value, cancellationToken).ConfigureAwait(false);
        return PersonalAccessTokenVerification.Of(verdict);
    }

    /// <summary>
    /// Says that something about an owner changed that tokens depend on: locked or unlocked, deleted, other roles or claims.
    /// Requests that start on this node afterwards see it at once, on other nodes when the change feed has told them;
    /// without it they would within <see cref="PersonalAccessTokenOptions.MaxStaleness"/>. Call it after the change is committed.
    /// </summary>
    public Task NotifyOwnerChangedAsync(string ownerId, CancellationToken cancellationToken = default)
    {
        RequestRules.ThrowIfNoOwnerId(ownerId);

        // Also where the caller has left: what was changed is changed.
        return _publisher.PublishAsync(PersonalAccessTokenChange.OfOwner(ownerId), isWritten: false);
    }

    private static bool TryRead(string value, out Guid id, out ulong tag)
    {
        var pasted = value.AsSpan().Trim();
        var isToken = PersonalAccessTokenFormat.TryParse(pasted, out var parts);
        (id, tag) = (parts.Id, isToken ? SecretDigest.Of(pasted).Tag : 0);
        return isToken;
    }

    private async Task<bool> RevokeAsync(PersonalAccessToken token, string? reason, CancellationToken cancellationToken)
    {
        var outcome = await _store.RevokeAsync(token.Id, _clock.UtcNow, reason, cancellationToken).ConfigureAwait(false);
        if (outcome == PersonalAccessTokenWriteOutcome.Done)
        {
            _metrics.TokensRevoked(1);
            Log.TokenRevoked(_logger, PersonalAccessTokenFormat.FormatId(token.Id), token.OwnerId);
        }

        return true;
    }
}
