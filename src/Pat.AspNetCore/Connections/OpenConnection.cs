namespace Pat.AspNetCore;

/// <summary>A request that may go on for long, and the token that it was accepted with.</summary>
internal sealed class OpenConnection : IDisposable
{
    // It has no timer and no handle, so nobody has to dispose of it.
    private readonly CancellationTokenSource _ended = new();
    private readonly OpenConnections _all;
    private readonly PersonalAccessTokenVerifier _verifier;
    private readonly TimeProvider _timeProvider;
    private readonly TokenState _accepted;
    private readonly bool _isPrevious;
    private TokenState _known;
    private volatile bool _isOver;

    public OpenConnection(
        OpenConnections all, PersonalAccessTokenVerifier verifier, TimeProvider timeProvider, TokenState accepted, bool isPrevious, string address)
    {
        (_all, _verifier, _timeProvider, _isPrevious, Address) = (all, verifier, timeProvider, isPrevious, address);
        _accepted = _known = accepted;
    }

    public Guid TokenId => _accepted.Id;

    /// <summary>Where it came from, for the log.</summary>
    public string Address { get; }

    /// <summary>Cancelled when the token is no longer usable. From the first look on the connection is watched, until the request ends.</summary>
    public CancellationToken Ended
    {
        get
        {
            _all.Watch(this);
            if (_isOver)
            {
                // The request ended before, or meanwhile: nobody would take the connection off again.
                _all.Forget(this);
            }

            return _ended.Token;
        }
    }

    /// <summary>How old that is which was last known of the token, by the clock that says longer.</summary>
    public TimeSpan Age => Volatile.Read(ref _known).Read.Age(
        _timeProvider, _timeProvider.GetTimestamp(), _timeProvider.GetUtcNow().UtcTicks);

    /// <summary>Judges the token again, by what is known of it where that is young enough, else by a read.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It can't be judged now.</exception>
    public async ValueTask<TokenVerdict> JudgeAsync(TimeSpan maxAge, CancellationToken cancellationToken) =>
        TryJudge(maxAge, out var verdict) ? verdict : await ReadAndJudgeAsync(cancellationToken);

    /// <summary>Judges by what is known. False where that can't decide.</summary>
    public bool TryJudge(TimeSpan maxAge, out TokenVerdict verdict) =>
        _verifier.TryJudgeAgain(_accepted, _isPrevious, maxAge, out verdict) && Note(verdict);

    /// <summary>Judges by a read that is sent from now on.</summary>
    /// <exception cref="PersonalAccessTokenUnavailableException">It can't be judged now.</exception>
    public async Task<TokenVerdict> ReadAndJudgeAsync(CancellationToken cancellationToken)
    {
        var verdict = await _verifier.ReadAndJudgeAgainAsync(_accepted, _isPrevious, cancellationToken);
        Note(verdict);
        return verdict;
    }

    public Task EndAsync() => _ended.CancelAsync();

    public void Dispose()
    {
        _isOver = true;
        _all.Forget(this);
    }

    private bool Note(in TokenVerdict verdict)
    {
        if (verdict.State is { } state)
        {
            Volatile.Write(ref _known, state);
        }

        return true;
    }
}
