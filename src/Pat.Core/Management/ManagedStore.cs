namespace Pat;

/// <summary>
/// The changes of tokens. Whatever becomes of one (done, nothing to change, failed, unknown), what this node knew before
/// counts no more when it is answered.
/// </summary>
internal sealed class TokenWrites(IPersonalAccessTokenStore store, ChangeCounters counters)
{
    public Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        ChangeAsync(token.Id, () => store.AddAsync(token, limits, at, cancellationToken));

    public Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        ChangeAsync(edited.Id, () => store.EditAsync(edited, at, cancellationToken));

    public Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        ChangeAsync(rotated.Id, () => store.RotateAsync(rotated, limits, at, cancellationToken));

    public Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(id, () => store.RevokeAsync(id, revokedAt, reason, cancellationToken));

    public async Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken)
    {
        try
        {
            return await store.RevokeAllAsync(ownerId, except, revokedAt, reason, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            counters.OwnerChanged(ownerId);
        }
    }

    private async Task<PersonalAccessTokenWriteOutcome> ChangeAsync(Guid id, Func<Task<PersonalAccessTokenWriteOutcome>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        finally
        {
            counters.TokenChanged(id);
        }
    }
}
