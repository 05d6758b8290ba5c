using System.Net.Sockets;
using System.Threading.Channels;

namespace Pat.History;

/// <summary>
/// One direction of a connection through a proxy: what is received is sent in the same order, each piece in its time, and the end
/// after everything that came before it.
/// </summary>
internal sealed class TcpProxyPump(Socket from, Socket to, TcpProxyConditions conditions)
{
    /// <summary>The most pieces under way: while a network is slow, the rest waits with its sender.</summary>
    private const int MaxChunks = 64;

    private readonly Channel<TcpProxyChunk> _underWay = Channel.CreateBounded<TcpProxyChunk>(
        new BoundedChannelOptions(MaxChunks) { SingleReader = true, SingleWriter = true, AllowSynchronousContinuations = true });

    private volatile bool _discards;

    /// <summary>Goes on receiving, and sends nothing any more.</summary>
    public void Discard() => _discards = true;

    /// <summary>Ends when the end of what is received was due on the other side; throws where nothing can be sent there.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var receiving = ReceiveAsync(over.Token);
        try
        {
            await SendAsync(over.Token);
        }
        finally
        {
            await over.CancelAsync();
            await receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (_underWay.Reader.TryRead(out var lost))
            {
                TcpProxyChunk.ReturnBuffer(lost.Buffer);
            }
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        TcpProxyChunk chunk;
        do
        {
            await conditions.WaitUntilPassableAsync(cancellationToken);
            chunk = await ReceiveChunkAsync(cancellationToken);
            await _underWay.Writer.WriteAsync(chunk, cancellationToken);
        }
        while (!chunk.IsEnd);
    }

    private async ValueTask<TcpProxyChunk> ReceiveChunkAsync(CancellationToken cancellationToken)
    {
        var buffer = TcpProxyChunk.RentBuffer();
        var length = 0;
        try
        {
            length = await from.ReceiveAsync(buffer, SocketFlags.None, cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A connection that breaks off ends, no sooner than one that is closed.
        }
        catch
        {
            TcpProxyChunk.ReturnBuffer(buffer);
            throw;
        }

        return new TcpProxyChunk(buffer, length, TimeProvider.System.GetTimestamp(), conditions.Delay);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var chunk = await _underWay.Reader.ReadAsync(cancellationToken);
            try
            {
                if (chunk.Remaining is var remaining && remaining > TimeSpan.Zero)
                {
                    await Task.Delay(remaining, cancellationToken);
                }

                await conditions.WaitUntilPassableAsync(cancellationToken);
                if (chunk.IsEnd)
                {
                    return;
                }

                await SendAsync(chunk.Bytes, cancellationToken);
            }
            finally
            {
                TcpProxyChunk.ReturnBuffer(chunk.Buffer);
            }
        }
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            while (!bytes.IsEmpty && !_discards)
            {
                bytes = bytes[await to.SendAsync(bytes, SocketFlags.None, cancellationToken)..];
            }
        }
        catch (Exception exception) when (_discards && exception is SocketException or ObjectDisposedException)
        {
            // Whom it was for has just gone.
        }
    }
}
