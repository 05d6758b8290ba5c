namespace Pat;

/// <summary>
/// The store as management uses it. Whatever becomes of a change (done, nothing to change, failed, unknown), what nodes
/// knew before counts no more when it is answered; and once more where it arrives later than that.
/// </summary>
internal sealed class ManagedStore(
    IPersonalAccessTokenStore store, StoreGuard guard, ChangePublisher changes, ChangeCounters counters)
{
    public Task<IReadOnlyList<PersonalAccessToken>> FindAsync(Guid id, CancellationToken cancellationToken) =>
        guard.RunAsync(either => store.FindAsync([id], either), cancellationToken);

    public Task<PersonalAccessTokenPage> ListAsync(
        PersonalAccessTokenQuery query, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        guard.RunAsync(either => store.ListAsync(query, at, either), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> CheckLimitsAsync(
        string ownerId, bool isNewToken, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        guard.RunAsync(either => store.CheckLimitsAsync(ownerId, isNewToken, limits, at, either), cancellationToken);

    public async Task<PersonalAccessTokenWriteOutcome> AddAsync(
        PersonalAccessToken token, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken)
    {
        try
        {
            return await guard.RunAsync(either => store.AddAsync(token, limits, at, either), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // A read under way may not have found it. Other nodes know nothing of what was not there.
            counters.TokenChanged(token.Id);
        }
    }

    public Task<PersonalAccessTokenWriteOutcome> EditAsync(
        PersonalAccessToken edited, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        ChangeAsync(
            PersonalAccessTokenChange.OfToken(edited.Id), either => store.EditAsync(edited, at, either), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RotateAsync(
        PersonalAccessToken rotated, PersonalAccessTokenLimits limits, PersonalAccessTokenUsability at, CancellationToken cancellationToken) =>
        ChangeAsync(
            PersonalAccessTokenChange.OfToken(rotated.Id), either => store.RotateAsync(rotated, limits, at, either), cancellationToken);

    public Task<PersonalAccessTokenWriteOutcome> RevokeAsync(
        Guid id, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            PersonalAccessTokenChange.OfToken(id), either => store.RevokeAsync(id, revokedAt, reason, either), cancellationToken);

    public Task<int> RevokeAllAsync(
        string ownerId, Guid? except, DateTimeOffset revokedAt, string? reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            PersonalAccessTokenChange.OfOwner(ownerId),
            either => store.RevokeAllAsync(ownerId, except, revokedAt, reason, either),
            cancellationToken);

    private async Task<T> ChangeAsync<T>(
        PersonalAccessTokenChange change, Func<CancellationToken, Task<T>> write, CancellationToken cancellationToken)
    {
        var (isSent, isWritten) = (false, false);
        try
        {
            var outcome = await guard.RunAsync(
                either =>
                {
                    isSent = true;
                    return write(either);
                },
                cancellationToken,
                late: () => changes.PublishAsync(change, isWritten: false)).ConfigureAwait(false);
            isWritten = true;
            return outcome;
        }
        finally
        {
            if (isSent)
            {
                await changes.PublishAsync(change, isWritten).ConfigureAwait(false);
            }
        }
    }
}
