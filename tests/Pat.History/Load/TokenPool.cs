namespace Pat.History;

/// <summary>The tokens of a run: those that are changed, and those whose time is over, which are presented for a while longer.</summary>
public sealed class TokenPool(RunHistory history, TimeSpan keep)
{
    private readonly Lock _lock = new();
    private readonly List<TokenInUse> _live = [];
    private readonly Queue<(TokenInUse Token, TimeSpan Until)> _ended = new();
    private volatile Shown _shown = new([], []);

    public int LiveCount
    {
        get
        {
            lock (_lock)
            {
                return _live.Count;
            }
        }
    }

    public void Add(TokenInUse token)
    {
        lock (_lock)
        {
            _live.Add(token);
            Show();
        }
    }

    /// <summary>It is changed no more.</summary>
    public void End(TokenInUse token)
    {
        lock (_lock)
        {
            if (_live.Remove(token))
            {
                _ended.Enqueue((token, history.Now + keep));
                Show();
            }
        }
    }

    /// <summary>Any that is to be presented, or null where there is none: three of four times one that may still be changed.</summary>
    public TokenInUse? PickAny(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        var shown = _shown;
        var tokens = shown.Ended.Length == 0 || (shown.Live.Length > 0 && random.Next(4) > 0) ? shown.Live : shown.Ended;
        return tokens.Length == 0 ? null : tokens[random.Next(tokens.Length)];
    }

    /// <summary>Takes any of those that may be changed, or null where there is none. It is given back by the taker.</summary>
    public TokenInUse? TakeAny(Random random, Func<TokenInUse, bool> mayBeTaken)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(mayBeTaken);
        lock (_lock)
        {
            for (var attempt = 0; attempt < 10 && _live.Count > 0; attempt++)
            {
                var token = _live[random.Next(_live.Count)];
                if (mayBeTaken(token) && token.TryTake())
                {
                    return token;
                }
            }
        }

        return null;
    }

    private void Show()
    {
        while (_ended.TryPeek(out var oldest) && oldest.Until < history.Now)
        {
            _ended.Dequeue();
        }

        _shown = new([.. _live], [.. _ended.Select(static ended => ended.Token)]);
    }

    private sealed record Shown(TokenInUse[] Live, TokenInUse[] Ended);
}
