using System.Buffers;

namespace Pat.History;

/// <summary>Bytes under way, received at once, in a buffer of the pool; or the end of what a side sends.</summary>
/// <param name="Buffer">From the shared pool.</param>
/// <param name="Length">How much of it is filled: 0 for the end.</param>
/// <param name="Received">When, as a timestamp of the system's clock.</param>
/// <param name="Delay">How long after that it arrives.</param>
internal readonly record struct TcpProxyChunk(byte[] Buffer, int Length, long Received, TimeSpan Delay)
{
    private const int MaxLength = 16 * 1_024;

    public bool IsEnd => Length == 0;

    public ReadOnlyMemory<byte> Bytes => Buffer.AsMemory(0, Length);

    /// <summary>How long until it arrives.</summary>
    public TimeSpan Remaining => Delay == TimeSpan.Zero ? TimeSpan.Zero : Delay - TimeProvider.System.GetElapsedTime(Received);

    public static byte[] RentBuffer() => ArrayPool<byte>.Shared.Rent(MaxLength);

    public static void ReturnBuffer(byte[] buffer) => ArrayPool<byte>.Shared.Return(buffer);
}
