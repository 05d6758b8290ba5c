using System.Net;
using System.Net.Sockets;

namespace Pat.History;

/// <summary>One connection through a proxy: a client's to the proxy, and the proxy's to the server.</summary>
internal sealed class TcpProxyConnection : IDisposable
{
    private readonly Socket _client;
    private readonly Socket _server;
    private readonly EndPoint _upstream;
    private readonly TcpProxyConditions _conditions;
    private readonly TcpProxyPump _there;
    private readonly TcpProxyPump _back;

    // It has no timer, so there is nothing to dispose of; and it may be cancelled once more at the end.
    private readonly CancellationTokenSource _over = new();
    private volatile bool _isHalfOpen;

    /// <param name="client">The client's end, which the connection owns from now on.</param>
    /// <param name="upstream">The server, which is connected to by <see cref="RunAsync"/>.</param>
    /// <param name="conditions">What befalls it.</param>
    public TcpProxyConnection(Socket client, EndPoint upstream, TcpProxyConditions conditions)
    {
        _client = client;
        _server = upstream.AddressFamily == AddressFamily.Unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(upstream.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        _upstream = upstream;
        _conditions = conditions;
        _there = new TcpProxyPump(client, _server, conditions);
        _back = new TcpProxyPump(_server, client, conditions);
    }

    /// <summary>Serves it until one side ends: then it is to be disposed of, which ends the other.</summary>
    public async Task RunAsync()
    {
        try
        {
            _client.NoDelay = true;
            await _conditions.WaitUntilPassableAsync(_over.Token);
            await ConnectAsync();
            await PassOnAsync();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One side is gone or was never there. Nothing is left to be told to the other in good order.
            Reset();
        }
    }

    /// <summary>Breaks it off for both sides.</summary>
    public void Reset()
    {
        Reset(_client);
        Reset(_server);
        _over.Cancel();
    }

    /// <summary>Ends it for the server; the client hears nothing of that, nor of anything else.</summary>
    public void HalfOpen()
    {
        _isHalfOpen = true;
        _there.Discard();
        _back.Discard();
        _server.Dispose();
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    private static void Reset(Socket socket)
    {
        try
        {
            // Closed without lingering, a socket sends RST in place of FIN.
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }

        socket.Dispose();
    }

    private async Task ConnectAsync()
    {
        try
        {
            await _server.ConnectAsync(_upstream, _over.Token);
        }
        catch (Exception exception) when (_isHalfOpen && exception is SocketException or ObjectDisposedException)
        {
            // Its client must not learn that the server's side is closed.
        }
    }

    private async Task PassOnAsync()
    {
        var there = _there.RunAsync(_over.Token);
        var back = _back.RunAsync(_over.Token);
        try
        {
            var first = await Task.WhenAny(there, back);
            if (first == back && _isHalfOpen)
            {
                first = there;
            }

            await first;
        }
        finally
        {
            await _over.CancelAsync();
            await Task.WhenAll(there, back).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
