using System.Threading.Channels;

namespace Pat.TestSupport;

/// <summary>A change feed within the process, with the faults that a real one can have where a test asks for them.</summary>
internal sealed class TestFeed : IPersonalAccessTokenChangeFeed
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<string> _published = [];
    private readonly List<string> _held = [];

    public bool GoesWithWrites { get; init; }

    /// <summary>Whether a write was made without its notice.</summary>
    public bool IsUntold { get; set; }

    /// <summary>Whether what is published gets lost.</summary>
    public bool IsDeaf { get; set; }

    /// <summary>Whether what is published is held until <see cref="Release"/>.</summary>
    public bool IsSlow { get; set; }

    /// <summary>What connecting throws, or null.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Runs before each notice is published; what it throws is what publishing throws.</summary>
    public Func<PersonalAccessTokenNotice, Task>? Before { get; set; }

    /// <summary>The notices of changes that were published, without heartbeats.</summary>
    public IReadOnlyList<PersonalAccessTokenNotice> Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _published
                    .Select(static text => PersonalAccessTokenNotice.TryParse(text, out var notice) ? notice : null)
                    .OfType<PersonalAccessTokenNotice>()
                    .Where(static notice => notice.Change is not null)];
            }
        }
    }

    public int Connections
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.Count;
            }
        }
    }

    /// <summary>Whether all that was sent has been dealt with.</summary>
    public bool IsDealtWith
    {
        get
        {
            lock (_lock)
            {
                return _subscriptions.TrueForAll(static subscription => subscription.IsDealtWith);
            }
        }
    }

    public bool TakeUntold()
    {
        var isUntold = IsUntold;
        IsUntold = false;
        return isUntold;
    }

    public async Task PublishAsync(PersonalAccessTokenNotice notice, CancellationToken cancellationToken)
    {
        await (Before?.Invoke(notice) ?? Task.CompletedTask);
        Send(notice.ToString());
    }

    public Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        if (Refusal is not null)
        {
            throw Refusal;
        }

        var subscription = new Subscription(this);
        lock (_lock)
        {
            _subscriptions.Add(subscription);
        }

        return Task.FromResult<IPersonalAccessTokenChangeSubscription>(subscription);
    }

    public void Send(string text)
    {
        lock (_lock)
        {
            _published.Add(text);
            if (IsDeaf)
            {
                return;
            }

            if (IsSlow)
            {
                _held.Add(text);
                return;
            }

            _subscriptions.ForEach(subscription => subscription.Write(text));
        }
    }

    /// <summary>Lets through what was held.</summary>
    public void Release()
    {
        lock (_lock)
        {
            IsSlow = false;
            foreach (var text in _held)
            {
                _subscriptions.ForEach(subscription => subscription.Write(text));
            }

            _held.Clear();
        }
    }

    /// <summary>Breaks all connections.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _subscriptions.ForEach(static subscription => subscription.Texts.Writer.TryComplete(new IOException("The connection broke.")));
        }
    }

    private sealed class Subscription(TestFeed feed) : IPersonalAccessTokenChangeSubscription
    {
        private int _written;
        private int _asked;

        public Channel<string> Texts { get; } = Channel.CreateUnbounded<string>();

        /// <summary>Whoever asks for the next one is done with those before it.</summary>
        public bool IsDealtWith => Volatile.Read(ref _asked) > _written;

        public void Write(string text)
        {
            _written++;
            Texts.Writer.TryWrite(text);
        }

        public ValueTask<string> ReceiveAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _asked);
            return Texts.Reader.ReadAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            lock (feed._lock)
            {
                feed._subscriptions.Remove(this);
            }

            return ValueTask.CompletedTask;
        }
    }
}
