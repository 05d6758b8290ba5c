namespace Pat.AspNetCore;

/// <summary>A request that may go on for long, and the token that it was accepted with.</summary>
internal sealed class OpenConnection(
    OpenConnections all, PersonalAccessTokenVerifier verifier, TimeProvider timeProvider, TokenState accepted, bool isPrevious) : IDisposable
{
    // It has no timer and no handle, so nobody has to dispose of it.
    private readonly CancellationTokenSource _ended = new();
    private long _judged = timeProvider.GetTimestamp();

    public Guid TokenId => accepted.Id;

    /// <summary>Cancelled when the token is no longer usable. From the first look on the connection is watched.</summary>
    public CancellationToken Ended
    {
        get
        {
            all.Watch(this);
            return _ended.Token;
        }
    }

    /// <summary>How long ago the token was last judged.</summary>
    public TimeSpan JudgedAgo => timeProvider.GetElapsedTime(Volatile.Read(ref _judged));

    /// <summary>Judges the token again, by what is known of it where that is young enough, else by a read.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It can't be judged now.</exception>
    public async ValueTask<TokenVerdict> JudgeAsync(TimeSpan maxAge, CancellationToken cancellationToken)
    {
        if (!verifier.TryJudgeAgain(accepted, isPrevious, maxAge, out var verdict))
        {
            verdict = await verifier.ReadAndJudgeAgainAsync(accepted, isPrevious, cancellationToken);
        }

        Volatile.Write(ref _judged, timeProvider.GetTimestamp());
        return verdict;
    }

    public Task EndAsync() => _ended.CancelAsync();

    public void Dispose() => all.Forget(this);
}
