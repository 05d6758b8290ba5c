using System.Net;
using System.Net.Sockets;

namespace Pat.History;

/// <summary>
/// A network between a client and a server on this machine, which can be broken and healed. It listens on the same port for as long
/// as it lives. What was done to it adds up until <see cref="Heal"/>.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    /// <summary>How long to wait where the machine has no room for another connection.</summary>
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly EndPoint _upstream;
    private readonly TcpProxyConditions _conditions = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<TcpProxyConnection, Task> _connections = [];
    private readonly Task _accepting;
    private bool _isCut;

    private TcpProxy(EndPoint upstream)
    {
        _upstream = upstream;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <param name="upstream">The server, by TCP or by a socket of Unix. It need not be there yet.</param>
    public static TcpProxy Start(EndPoint upstream)
    {
        ArgumentNullException.ThrowIfNull(upstream);
        return new TcpProxy(upstream);
    }

    /// <summary>Resets all connections, and every new one.</summary>
    public void Cut()
    {
        foreach (var connection in Connections(isCut: true))
        {
            connection.Reset();
        }
    }

    /// <summary>Lets everything take this long in each direction. Much can be under way at once.</summary>
    public void Delay(TimeSpan time) => _conditions.Delay = time;

    /// <summary>
    /// Lets nothing through, neither bytes nor ends nor new connections, and says so to nobody. It is held back, as what is lost is sent
    /// again, and goes on when healed.
    /// </summary>
    public void BlackHole() => _conditions.HoldBack();

    /// <summary>
    /// Ends the connections that there are for the server alone. Their clients are told nothing, and what they send is lost, even when
    /// healed; new connections work.
    /// </summary>
    public void HalfOpen()
    {
        foreach (var connection in Connections())
        {
            connection.HalfOpen();
        }
    }

    /// <summary>Works again as a network should.</summary>
    public void Heal()
    {
        lock (_lock)
        {
            _isCut = false;
        }

        _conditions.Heal();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        Cut();
        Task[] open;
        lock (_lock)
        {
            open = [.. _connections.Values];
        }

        await Task.WhenAll(open);
    }

    private TcpProxyConnection[] Connections(bool isCut = false)
    {
        lock (_lock)
        {
            _isCut |= isCut;
            return [.. _connections.Keys];
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                try
                {
                    Serve(new TcpProxyConnection(await _listener.AcceptAsync(), _upstream, _conditions));
                }
                catch (SocketException exception) when (exception.SocketErrorCode != SocketError.OperationAborted)
                {
                    await Task.Delay(AfterFailure);
                }
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is disposed of.
        }
    }

    private void Serve(TcpProxyConnection connection)
    {
        lock (_lock)
        {
            if (!_isCut)
            {
                _connections.Add(connection, ServeAsync(connection));
                return;
            }
        }

        connection.Reset();
    }

    private async Task ServeAsync(TcpProxyConnection connection)
    {
        // It is entered before it can end.
        await Task.Yield();
        using (connection)
        {
            await connection.RunAsync();
        }

        lock (_lock)
        {
            _connections.Remove(connection);
        }
    }
}
