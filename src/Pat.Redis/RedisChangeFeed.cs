using StackExchange.Redis;

namespace Pat.Redis;

/// <summary>Tells changes by Redis's publish/subscribe, after they are committed.</summary>
/// <param name="connect">Makes the connection, once it is needed: an application starts without Redis too.</param>
/// <param name="channel">The channel.</param>
internal sealed class RedisChangeFeed(Func<Task<IConnectionMultiplexer>> connect, string channel)
    : IPersonalAccessTokenChangeFeed, IDisposable, IAsyncDisposable
{
    private readonly RedisChannel _channel = RedisChannel.Literal(channel);
    private readonly Lock _lock = new();
    private Task<IConnectionMultiplexer>? _connecting;
    private IConnectionMultiplexer? _connection;

    public bool GoesWithWrites => false;

    public async Task PublishAsync(PersonalAccessTokenNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await connection.GetSubscriber().PublishAsync(_channel, notice.ToString()).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        return await RedisChangeSubscription.StartAsync(connection, _channel, cancellationToken).ConfigureAwait(false);
    }

    // Either way: a provider of services that is disposed of and not awaited would throw.
    public void Dispose() => Volatile.Read(ref _connection)?.Dispose();

    public ValueTask DisposeAsync() => Volatile.Read(ref _connection)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<IConnectionMultiplexer> ConnectAsync(CancellationToken cancellationToken)
    {
        Task<IConnectionMultiplexer> connecting;
        lock (_lock)
        {
            if (_connecting is null or { IsCanceled: true } or { Exception: not null })
            {
                // Not on this thread: the application's code may hold it, and nobody waits longer than they have time.
                _connecting = Task.Run(KeepConnectionAsync);
            }

            connecting = _connecting;
        }

        return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<IConnectionMultiplexer> KeepConnectionAsync()
    {
        var connection = await connect().ConfigureAwait(false);
        Volatile.Write(ref _connection, connection);
        return connection;
    }
}
