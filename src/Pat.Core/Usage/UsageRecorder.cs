using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>Notes in memory which tokens were used, for the <see cref="UsageWriter"/> to write in batches off the request path.</summary>
internal sealed class UsageRecorder(Clock clock, IOptions<PersonalAccessTokenOptions> options)
{
    /// <summary>The most tokens that are noted between two writes; uses beyond are not noted until there is room.</summary>
    private const int Capacity = 100_000;

    private readonly PersonalAccessTokenOptions _options = options.Value;
    private readonly ConcurrentDictionary<Guid, PersonalAccessTokenUse> _uses = new();

    // The dictionary's own Count takes all its locks, which no request should.
    private int _count;

    public int Count => Volatile.Read(ref _count);

    /// <summary>Notes that <paramref name="token"/> authenticated a request just now.</summary>
    /// <param name="token">The token, as it was read for the request.</param>
    /// <param name="address">The network the request came from, or null where that is not kept.</param>
    public void Record(PersonalAccessToken token, string? address)
    {
        var now = clock.UtcNow;
        if (now - token.LastUsedAt < _options.UsageResolution)
        {
            return;
        }

        Keep(new PersonalAccessTokenUse(token.Id, now, address));
    }

    /// <summary>Notes that a token authenticated a request.</summary>
    public void Record(PersonalAccessTokenUse use) => Keep(use);

    /// <summary>Adds to <paramref name="token"/>, as it was read, a use that this node noted and did not write yet.</summary>
    public void Complete(PersonalAccessToken token)
    {
        if (_uses.TryGetValue(token.Id, out var use) && !(token.LastUsedAt >= use.UsedAt))
        {
            token.LastUsedAt = use.UsedAt;
        }
    }

    /// <summary>Takes out at most <paramref name="most"/> uses.</summary>
    public List<PersonalAccessTokenUse> Take(int most)
    {
        var taken = new List<PersonalAccessTokenUse>();
        foreach (var (id, _) in _uses)
        {
            if (taken.Count == most)
            {
                break;
            }

            if (_uses.TryRemove(id, out var use))
            {
                Interlocked.Decrement(ref _count);
                taken.Add(use);
            }
        }

        return taken;
    }

    /// <summary>Puts back what could not be written. A newer use of the same token wins.</summary>
    public void PutBack(IEnumerable<PersonalAccessTokenUse> uses)
    {
        foreach (var use in uses)
        {
            Keep(use);
        }
    }

    private void Keep(PersonalAccessTokenUse use)
    {
        while (true)
        {
            if (_uses.TryGetValue(use.Id, out var kept))
            {
                if (kept.UsedAt >= use.UsedAt || _uses.TryUpdate(use.Id, use, kept))
                {
                    return;
                }
            }
            else if (Count >= Capacity)
            {
                return;
            }
            else if (_uses.TryAdd(use.Id, use))
            {
                Interlocked.Increment(ref _count);
                return;
            }
        }
    }
}
