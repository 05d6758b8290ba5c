using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pat.History.Tests;

/// <summary>A server that sends back what it is sent.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly ConcurrentDictionary<Socket, Task> _open = [];
    private readonly Task _accepting;
    private int _accepted;

    private EchoServer(EndPoint address, ProtocolType protocol)
    {
        _listener = new Socket(address.AddressFamily, SocketType.Stream, protocol);
        _listener.Bind(address);
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public EndPoint Address => _listener.LocalEndPoint!;

    /// <summary>How many connections it was ever asked for.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>How many of them have not ended.</summary>
    public int Open => _open.Count;

    public static EchoServer Start() => new(new IPEndPoint(IPAddress.Loopback, 0), ProtocolType.Tcp);

    /// <param name="path">Of the socket, which is made.</param>
    public static EchoServer StartOnUnix(string path) => new(new UnixDomainSocketEndPoint(path), ProtocolType.Unspecified);

    /// <summary>Sends something unasked on all connections.</summary>
    public async Task SayAsync(string text)
    {
        foreach (var connection in _open.Keys)
        {
            await connection.SendAsync(Encoding.ASCII.GetBytes(text));
        }
    }

    /// <summary>Ends all connections.</summary>
    public void Close()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Shutdown(SocketShutdown.Both);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
        foreach (var connection in _open.Keys)
        {
            connection.Dispose();
        }

        await Task.WhenAll(_open.Values);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var connection = await _listener.AcceptAsync();
                _open[connection] = EchoAsync(connection);
                Interlocked.Increment(ref _accepted);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is disposed of.
        }
    }

    private async Task EchoAsync(Socket connection)
    {
        await Task.Yield();
        var buffer = new byte[1_024];
        try
        {
            while (await connection.ReceiveAsync(buffer) is > 0 and var length)
            {
                await connection.SendAsync(buffer.AsMemory(0, length));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It was broken off.
        }

        connection.Dispose();
        _open.TryRemove(connection, out _);
    }
}
