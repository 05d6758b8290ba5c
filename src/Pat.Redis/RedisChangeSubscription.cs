using System.Threading.Channels;
using StackExchange.Redis;

namespace Pat.Redis;

/// <summary>
/// A subscription that ends with the connection it was made on. The multiplexer would subscribe again by itself and say
/// nothing, and what was published in between would be missing.
/// </summary>
internal sealed class RedisChangeSubscription : IPersonalAccessTokenChangeSubscription
{
    private readonly IConnectionMultiplexer _connection;
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private ChannelMessageQueue? _messages;

    private RedisChangeSubscription(IConnectionMultiplexer connection)
    {
        _connection = connection;
        connection.ConnectionFailed += End;
    }

    public static async Task<RedisChangeSubscription> StartAsync(
        IConnectionMultiplexer connection, RedisChannel channel, CancellationToken cancellationToken)
    {
        var subscription = new RedisChangeSubscription(connection);
        try
        {
            var subscriber = connection.GetSubscriber();
            var messages = await subscriber.SubscribeAsync(channel).WaitAsync(cancellationToken).ConfigureAwait(false);
            subscription._messages = messages;
            messages.OnMessage(message => subscription._received.Writer.TryWrite(message.Message!));
            return subscriber.IsConnected(channel)
                ? subscription
                : throw new IOException("Redis is not connected.");
        }
        catch
        {
            await subscription.DisposeAsync().ConfigureAwait(false);

            // The multiplexer keeps a queue that it could not subscribe, and would fill it for ever once it can.
            await connection.GetSubscriber().UnsubscribeAsync(channel, handler: null, CommandFlags.FireAndForget)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
    }

    public ValueTask<string> ReceiveAsync(CancellationToken cancellationToken) => _received.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _connection.ConnectionFailed -= End;
        if (_messages is not null)
        {
            await _messages.UnsubscribeAsync(CommandFlags.FireAndForget).ConfigureAwait(false);
        }
    }

    private void End(object? sender, ConnectionFailedEventArgs failure) => _received.Writer.TryComplete(
        new IOException("The connection to Redis was lost.", failure.Exception));
}
