using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pat.History.Tests;

/// <summary>A client of an echo server behind a proxy.</summary>
internal sealed class ProxyClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongEnoughToSpeak = TimeSpan.FromMilliseconds(250);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    public static async Task<ProxyClient> ConnectAsync(TcpProxy proxy)
    {
        var client = new ProxyClient();
        using var limit = new CancellationTokenSource(Patience);
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, proxy.Port), limit.Token);
        return client;
    }

    public async Task SendAsync(string text) => await SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(byte[] bytes)
    {
        using var limit = new CancellationTokenSource(Patience);
        await _socket.SendAsync(bytes, limit.Token);
    }

    /// <summary>The next bytes, as many as asked for; fewer at the end.</summary>
    public async Task<byte[]> ReceiveAsync(int length)
    {
        using var limit = new CancellationTokenSource(Patience);
        var buffer = new byte[length];
        var received = 0;
        while (received < length && await _socket.ReceiveAsync(buffer.AsMemory(received), limit.Token) is > 0 and var more)
        {
            received += more;
        }

        return buffer[..received];
    }

    public async Task AssertReceivesAsync(string text) =>
        Assert.Equal(text, Encoding.ASCII.GetString(await ReceiveAsync(text.Length)));

    public async Task AssertEchoesAsync(string text)
    {
        await SendAsync(text);
        await AssertReceivesAsync(text);
    }

    /// <summary>That nothing arrives for a while, not even an end.</summary>
    public async Task AssertHearsNothingAsync()
    {
        using var limit = new CancellationTokenSource(LongEnoughToSpeak);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _socket.ReceiveAsync(new byte[1], limit.Token));
    }

    public async Task AssertIsEndedAsync() => Assert.Empty(await ReceiveAsync(1));

    public Task AssertIsResetAsync() => AssertIsResetAsync(() => ReceiveAsync(1));

    /// <summary>That a new connection is reset, be it before its client knows that it has one.</summary>
    public static Task AssertIsResetAsync(TcpProxy proxy) => AssertIsResetAsync(async () =>
    {
        using var client = await ConnectAsync(proxy);
        await client.ReceiveAsync(1);
    });

    public void Dispose() => _socket.Dispose();

    private static async Task AssertIsResetAsync(Func<Task> use)
    {
        var exception = await Assert.ThrowsAsync<SocketException>(use);
        Assert.Equal(SocketError.ConnectionReset, exception.SocketErrorCode);
    }
}
