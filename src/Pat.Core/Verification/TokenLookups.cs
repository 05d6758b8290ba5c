using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// Look-ups that requests wait for. They go many to a statement and few statements at once: while one is under way, requests
/// gather for the next, which is sent when that one is answered, or beside it when the answer takes long. A request joins
/// only a statement that was not sent yet, so that what it learns was read after it began. Where more ask for tokens that this
/// node has not proven than a person's scripts would, those gather for a while longer: anybody can make up such a token.
/// </summary>
internal sealed class TokenLookups(TokenReader reader, TimeProvider timeProvider, IOptions<PersonalAccessTokenOptions> options)
{
    /// <summary>The statements under way at once where they take long. The refresher has one more of its own.</summary>
    private const int MaxStatements = 3;

    /// <summary>The most tokens that are in line, those included that nobody waits for any more.</summary>
    private const int MaxInLine = 10_000;

    /// <summary>How many make a statement worth its cost, so that they need not wait for more.</summary>
    private const int Company = 32;

    /// <summary>How long a statement is waited for before the next is sent beside it.</summary>
    private static readonly TimeSpan LongestAlone = TimeSpan.FromMilliseconds(5);

    /// <summary>How long after a statement the next one is sent, where all who wait for it may wait and are few.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(5);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    /// <summary>A store that blocks the thread it is asked on does not notice the end of its time.</summary>
    private readonly TimeSpan _longestAnswer = options.Value.StoreTimeout * 2;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, TokenLookup> _waiting = [];
    private readonly Queue<TokenLookup> _order = new();

    /// <summary>Those of tokens that are not proven here, which go at once: more than a second's share wait for company.</summary>
    private readonly SecondBudget _strangers = new(timeProvider);

    private int _statements;
    private long _lastSent;

    /// <summary>How many in line may not wait for company.</summary>
    private int _urgent;

    /// <summary>Whether the last statement is waited for.</summary>
    private bool _isGathering;

    /// <summary>Whether the end of the rest after the last statement is waited for.</summary>
    private bool _isResting;

    /// <summary>Reads a token: null where none has this id.</summary>
    /// <param name="id">The token's id.</param>
    /// <param name="isProven">Whether this node knows that who asks has the token.</param>
    /// <param name="cancellationToken">Ends the wait. What others wait for goes on.</param>
    /// <exception cref="PersonalAccessTokenUnavailableException">The store does not answer, or too many wait for it.</exception>
    public Task<TokenReading?> FindAsync(Guid id, bool isProven, CancellationToken cancellationToken) =>
        PatActivities.RunAsync(PatActivities.Lookup, activity => FindAsync(id, isProven, activity, cancellationToken));

    private async Task<TokenReading?> FindAsync(Guid id, bool isProven, Activity? activity, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var lookup = Join(id, isProven);
        try
        {
            await TakeTurnAsync(lookup, cancellationToken).ConfigureAwait(false);
            return await lookup.Answer.WaitAsync(_longestAnswer, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!lookup.Answer.IsCompleted)
        {
            throw new PersonalAccessTokenUnavailableException("The token store does not answer in time.");
        }
        finally
        {
            if (lookup.ReadIn is { } read)
            {
                activity?.AddLink(new ActivityLink(read.Context));
            }

            Leave(lookup);
        }
    }

    private async Task TakeTurnAsync(TokenLookup lookup, CancellationToken cancellationToken)
    {
        try
        {
            await lookup.Turn.WaitAsync(LongestWait, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The turn may have come, and the news of it not yet: then the statement is under way.
            if (!lookup.Turn.IsCompleted)
            {
                throw new PersonalAccessTokenUnavailableException("Too many tokens are being looked up at the moment.");
            }
        }
    }

    private TokenLookup Join(Guid id, bool isProven)
    {
        TokenLookup? lookup;
        lock (_lock)
        {
            if (!_waiting.TryGetValue(id, out lookup))
            {
                if (_order.Count == MaxInLine)
                {
                    throw new PersonalAccessTokenUnavailableException("Too many tokens wait to be looked up.");
                }

                lookup = new TokenLookup(id);
                _waiting.Add(id, lookup);
                _order.Enqueue(lookup);
            }

            lookup.Callers++;
            if (!lookup.IsUrgent && (isProven || _strangers.TryTake(out _)))
            {
                lookup.IsUrgent = true;
                _urgent++;
            }

            SendNext();
        }

        return lookup;
    }

    private void Leave(TokenLookup lookup)
    {
        // Once it is sent nobody counts who waits for it.
        if (lookup.Turn.IsCompleted)
        {
            return;
        }

        lock (_lock)
        {
            lookup.Callers--;
            if (lookup.Callers == 0 && _waiting.TryGetValue(lookup.Id, out var waiting) && waiting == lookup)
            {
                // Nobody waits for it any more. It stays in the order, where it is passed over.
                Remove(lookup);
            }
        }
    }

    /// <summary>Sends those that wait, if a statement may be sent now. The caller holds the lock.</summary>
    private void SendNext()
    {
        if (_isGathering || _statements == MaxStatements || MayRest())
        {
            return;
        }

        var batch = TakeBatch();
        if (batch.Count == 0)
        {
            return;
        }

        _statements++;
        _isGathering = true;
        _lastSent = timeProvider.GetTimestamp();

        // On a thread that carries nobody's context: a statement serves many requests.
        ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work.Lookups.RunAsync(work.Batch), (Lookups: this, Batch: batch), preferLocal: false);
    }

    /// <summary>Whether those in line may wait for more, and another statement was sent a moment ago. The caller holds the lock.</summary>
    private bool MayRest()
    {
        if (_urgent > 0 || _waiting.Count is 0 or >= Company)
        {
            return false;
        }

        var left = Rest - timeProvider.GetElapsedTime(_lastSent);
        if (!_isResting && left > TimeSpan.Zero)
        {
            _isResting = true;
            _ = RestAsync(left);
        }

        return _isResting;
    }

    private async Task RestAsync(TimeSpan left)
    {
        // Of a delay the part of a millisecond is dropped, and one of none is over at once: this would ask, and ask, until the rest is over.
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), timeProvider).ConfigureAwait(false);
        lock (_lock)
        {
            _isResting = false;
            SendNext();
        }
    }

    private async Task RunAsync(List<TokenLookup> batch)
    {
        // A store that blocks the thread it is asked on keeps the next statement waiting no longer than another one.
        var reading = Task.Run(() => ReadAsync(batch));
        await reading.WaitAsync(LongestAlone, timeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_lock)
        {
            _isGathering = false;
            SendNext();
        }

        try
        {
            await reading.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _statements--;
                SendNext();
            }
        }
    }

    private async Task ReadAsync(List<TokenLookup> batch)
    {
        // Nobody's in particular: those who wait link to it.
        using var activity = PatActivities.Start(PatActivities.Read);
        activity?.SetTag(PatTags.SpanCount, batch.Count);
        foreach (var lookup in batch)
        {
            lookup.Send(activity);
        }

        try
        {
            var readings = await reader.ReadAsync([.. batch.Select(static lookup => lookup.Id)]).ConfigureAwait(false);
            foreach (var lookup in batch)
            {
                if (readings.TryGetValue(lookup.Id, out var reading) && reading is null)
                {
                    lookup.Fail(new PersonalAccessTokenUnavailableException("The token's row or its owner can't be read."));
                }
                else
                {
                    lookup.Complete(reading);
                }
            }
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            foreach (var lookup in batch)
            {
                lookup.Fail(exception);
            }
        }
    }

    private List<TokenLookup> TakeBatch()
    {
        var batch = new List<TokenLookup>(Math.Min(_order.Count, TokenReader.MaxTokens));
        while (batch.Count < TokenReader.MaxTokens && _order.TryDequeue(out var lookup))
        {
            if (lookup.Callers > 0)
            {
                Remove(lookup);
                batch.Add(lookup);
            }
        }

        return batch;
    }

    /// <summary>Takes one out of those that wait. The caller holds the lock.</summary>
    private void Remove(TokenLookup lookup)
    {
        _waiting.Remove(lookup.Id);
        _urgent -= lookup.IsUrgent ? 1 : 0;
    }
}
