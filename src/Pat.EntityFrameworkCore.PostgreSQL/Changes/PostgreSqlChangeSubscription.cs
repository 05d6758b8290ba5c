using Npgsql;

namespace Pat.EntityFrameworkCore;

/// <summary>A connection that listens.</summary>
internal sealed class PostgreSqlChangeSubscription : IPersonalAccessTokenChangeSubscription
{
    private readonly NpgsqlConnection _connection;

    /// <summary>Filled and emptied by whoever waits on the connection, which is one at a time.</summary>
    private readonly Queue<string> _received = new();

    private PostgreSqlChangeSubscription(NpgsqlConnection connection, string channel)
    {
        _connection = connection;
        connection.Notification += (_, notification) =>
        {
            if (notification.Channel == channel)
            {
                _received.Enqueue(notification.Payload);
            }
        };
    }

    public static async Task<PostgreSqlChangeSubscription> StartAsync(
        NpgsqlConnection connection, string channel, CancellationToken cancellationToken)
    {
        var subscription = new PostgreSqlChangeSubscription(connection, channel);
        var listen = new NpgsqlCommand($"LISTEN \"{channel}\"", connection);
        await using (listen.ConfigureAwait(false))
        {
            await listen.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return subscription;
    }

    public async ValueTask<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        string? text;
        while (!_received.TryDequeue(out text))
        {
            await _connection.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return text;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
