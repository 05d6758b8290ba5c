namespace Pat;

/// <summary>
/// Where tokens are kept. Every call is atomic, and stands outside any transaction of the caller's.
/// </summary>
/// <remarks>
/// A store that can't do what it is asked throws; it never answers an outage with "not found". Writes are not undone by
/// a cancellation that arrives after they were sent. Returned tokens are the caller's own copies.
/// </remarks>
public interface IPersonalAccessTokenStore
{
    /// <summary>The tokens with these ids, in any order; ids that are unknown are left out.</summary>
    /// <param name="ids">At most 1,000.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are more than 1,000.</exception>
    Task<IReadOnlyList<PersonalAccessToken>> FindAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);

    /// <summary>A page of one owner's tokens.</summary>
    /// <param name="query">Whose tokens, which of them, in what order.</param>
    /// <param name="at">The moment at which their states are judged.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken);

    /// <summary>
    /// Whether an owner is at a limit, so that a secret which would be refused is not hashed first. What it finds can
    /// change at once: <see cref="AddAsync"/> and <see cref="RotateAsync"/> decide.
    /// </summary>
    /// <param name="ownerId">Whose limits.</param>
    /// <param name="isNewToken">Whether a token is to be added; otherwise one is to be rotated.</param>
    /// <param name="limits">What an owner may have and make.</param>
    /// <param name="at">The moment at which the owner's tokens are judged.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns><see cref="PersonalAccessTokenWriteOutcome.Done"/> where no limit is reached, or which one is.</returns>
    Task<PersonalAccessTokenWriteOutcome> CheckLimitsAsync(
        string ownerId, bool isNewToken, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken);

    /// <summary>
    /// Adds a token unless its owner is at a limit, which holds however many are added at once.
    /// </summary>
    /// <param name="token">The new token, complete.</param>
    /// <param name="limits">What an owner may have and make.</param>
    /// <param name="at">The moment at which the owner's tokens are judged.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>
    /// <see cref="PersonalAccessTokenWriteOutcome.Done"/>, <see cref="PersonalAccessTokenWriteOutcome.Duplicate"/> where the id is taken, or
    /// <see cref="PersonalAccessTokenWriteOutcome.TooManyTokens"/> or <see cref="PersonalAccessTokenWriteOutcome.TooManySecrets"/>.
    /// </returns>
    Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken);

    /// <summary>
    /// Writes name, scopes, expiry, UpdatedAt and Version of <paramref name="edited"/>, and nothing else, if the stored
    /// token is usable and its Version is one less than that of <paramref name="edited"/>.
    /// </summary>
    /// <param name="edited">The token as it is to be.</param>
    /// <param name="at">The moment at which the stored token is judged.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>
    /// <see cref="PersonalAccessTokenWriteOutcome.Done"/>, or <see cref="PersonalAccessTokenWriteOutcome.NotApplicable"/> where the token does
    /// not exist, is not usable or has another version.
    /// </returns>
    Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces the secret, under the conditions of <see cref="EditAsync"/> and while the owner's limit of new secrets
    /// lasts. Writes hash, tag, SecretCreatedAt, OwnerStamp, ExpiresAt, PreviousSecretExpiresAt, UpdatedAt and Version
    /// of <paramref name="rotated"/>; where PreviousSecretExpiresAt is not null the stored hash and tag become the
    /// previous ones, else the previous ones are cleared. It counts towards the limit also where it does not apply.
    /// </summary>
    /// <param name="rotated">The token as it is to be.</param>
    /// <param name="limits">What an owner may make.</param>
    /// <param name="at">The moment at which the stored token is judged.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>
    /// <see cref="PersonalAccessTokenWriteOutcome.Done"/>, <see cref="PersonalAccessTokenWriteOutcome.NotApplicable"/> as of <see cref="EditAsync"/>,
    /// or <see cref="PersonalAccessTokenWriteOutcome.TooManySecrets"/>.
    /// </returns>
    Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken);

    /// <summary>
    /// Revokes the token if it isn't revoked, whatever else is happening to it: sets RevokedAt, RevokedReason and
    /// UpdatedAt, adds one to Version, and clears LastUsedAddress.
    /// </summary>
    /// <param name="id">Which token.</param>
    /// <param name="revokedAt">When.</param>
    /// <param name="reason">Why, in at most 200 characters, or null.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns><see cref="PersonalAccessTokenWriteOutcome.Done"/>, or <see cref="PersonalAccessTokenWriteOutcome.NotApplicable"/> if it was revoked before or does not exist.</returns>
    Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken);

    /// <summary>Revokes all of an owner's tokens that aren't revoked, but <paramref name="except"/>, as <see cref="RevokeAsync"/> does.</summary>
    /// <param name="ownerId">Whose tokens.</param>
    /// <param name="except">The token to keep, or null.</param>
    /// <param name="revokedAt">When.</param>
    /// <param name="reason">Why, in at most 200 characters, or null.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>How many it revoked.</returns>
    Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken);

    /// <summary>Replaces the hash of the current secret if it still is <paramref name="current"/>. Nothing else changes.</summary>
    /// <param name="id">Which token.</param>
    /// <param name="current">The hash that the caller has read.</param>
    /// <param name="replacement">The hash of the same secret that takes its place.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>Whether it was replaced.</returns>
    Task<bool> ReplaceHashAsync(Guid id, string current, string replacement, CancellationToken cancellationToken);

    /// <summary>
    /// Notes uses, newest wins. Touches LastUsedAt and LastUsedAddress alone, and no row that was revoked before the use
    /// or whose LastUsedAt is less than <paramref name="resolution"/> older than it. A use that comes after the revocation
    /// and was before it is noted without its address. Waits for nobody: what someone else holds is
    /// <see cref="PersonalAccessTokenUseOutcome.Busy"/>.
    /// </summary>
    /// <param name="uses">At most 1,000, one for each id.</param>
    /// <param name="resolution">How far apart two notes of one token are at least.</param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <exception cref="ArgumentOutOfRangeException">They are more than 1,000.</exception>
    /// <returns>What became of each use, by its token's id.</returns>
    Task<IReadOnlyDictionary<Guid, PersonalAccessTokenUseOutcome>> RecordUseAsync(
        IReadOnlyCollection<PersonalAccessTokenUse> uses, TimeSpan resolution, CancellationToken cancellationToken);

    /// <summary>
    /// Removes at most <paramref name="batchSize"/> tokens that may go by <paramref name="retention"/>, judged at the
    /// delete itself, and looks at no more than a fixed multiple of that for it. What else is kept of owners who have
    /// no tokens any more goes with them. Any number of nodes may do so at once; a row that another one holds is left
    /// to it.
    /// </summary>
    /// <param name="retention">What may go.</param>
    /// <param name="batchSize">The most tokens to remove, 1 to 10,000.</param>
    /// <param name="position">
    /// Null to begin; then the <see cref="PersonalAccessTokenRemoval.Position"/> that the batch before returned, until
    /// that is null.
    /// </param>
    /// <param name="cancellationToken">Gives up before the write is sent.</param>
    /// <returns>How many were removed, and where to go on.</returns>
    Task<PersonalAccessTokenRemoval> RemoveAsync(
        PersonalAccessTokenRetention retention, int batchSize, string? position, CancellationToken cancellationToken);

    /// <summary>The time by the store's own clock. It fails where tokens could not be read either, the tables missing included.</summary>
    /// <param name="cancellationToken">Gives up waiting.</param>
    Task<DateTimeOffset> GetUtcNowAsync(CancellationToken cancellationToken);
}
