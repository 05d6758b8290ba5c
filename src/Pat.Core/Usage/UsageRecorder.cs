using System.Collections.Concurrent;

namespace Pat;

/// <summary>Notes in memory which tokens were used, for the <see cref="UsageWriter"/> to write in batches off the request path.</summary>
internal sealed class UsageRecorder
{
    /// <summary>The most tokens that are noted between two writes. Beyond, the oldest notes are dropped.</summary>
    public const int Capacity = 100_000;

    /// <summary>Held for every change. Reading takes none.</summary>
    private readonly Lock _lock = new();

    /// <summary>What is to be written, the oldest first.</summary>
    private readonly LinkedList<PersonalAccessTokenUse> _order = new();
    private readonly ConcurrentDictionary<Guid, LinkedListNode<PersonalAccessTokenUse>> _noted = new();

    /// <summary>What was taken out to be written, and may not be in the rows yet that requests have read.</summary>
    private volatile ConcurrentDictionary<Guid, DateTimeOffset> _taken = new();
    private int _dropped;

    public UsageRecorder(PatMetrics metrics) => metrics.ObservePendingUses(() => Count);

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _order.Count;
            }
        }
    }

    /// <summary>Notes that a token authenticated a request. The newest use of each token counts.</summary>
    public void Record(PersonalAccessTokenUse use)
    {
        lock (_lock)
        {
            if (_noted.TryGetValue(use.Id, out var noted))
            {
                if (noted.Value.UsedAt >= use.UsedAt)
                {
                    return;
                }

                _order.Remove(noted);
            }
            else if (_order.Count == Capacity)
            {
                _noted.TryRemove(_order.First!.Value.Id, out _);
                _order.RemoveFirst();
                _dropped++;
            }

            _noted[use.Id] = _order.AddLast(use);
        }
    }

    /// <summary>Adds to <paramref name="token"/>, as it was read, a use that this node noted and that the row may not have yet.</summary>
    public void Complete(PersonalAccessToken token)
    {
        // In this order: what is taken out stands in the second before it leaves the first.
        DateTimeOffset? usedAt =
            _noted.TryGetValue(token.Id, out var noted) ? noted.Value.UsedAt
            : _taken.TryGetValue(token.Id, out var taken) ? taken
            : null;
        if (usedAt is not null && !(token.LastUsedAt >= usedAt))
        {
            token.LastUsedAt = usedAt;
        }
    }

    /// <summary>Takes out at most <paramref name="most"/> uses, the oldest first.</summary>
    public List<PersonalAccessTokenUse> Take(int most)
    {
        lock (_lock)
        {
            var uses = _order.Take(most).ToList();
            foreach (var use in uses)
            {
                _taken[use.Id] = use.UsedAt;
                _order.RemoveFirst();
                _noted.TryRemove(use.Id, out _);
            }

            return uses;
        }
    }

    /// <summary>Forgets what was taken out so far: rows that are read from now on have it.</summary>
    public void ForgetTaken() => _taken = new();

    /// <summary>Puts back what could not be written, the oldest first. A newer use of the same token wins.</summary>
    public void PutBack(IReadOnlyList<PersonalAccessTokenUse> uses)
    {
        lock (_lock)
        {
            foreach (var use in uses.Reverse())
            {
                if (_noted.ContainsKey(use.Id))
                {
                    continue;
                }

                if (_order.Count == Capacity)
                {
                    _dropped++;
                    continue;
                }

                _noted[use.Id] = _order.AddFirst(use);
            }
        }
    }

    /// <summary>How many uses were dropped since this was asked last.</summary>
    public int TakeDropped()
    {
        lock (_lock)
        {
            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }
}
