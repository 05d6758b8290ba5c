using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Pat.TestSupport;

/// <summary>
/// What this process has in its memory, heap and stacks, as a dump of it would: whether a buffer was cleared that nothing refers to any
/// more. Of Linux, whose <c>/proc/self/mem</c> it reads.
/// </summary>
internal static class ProcessMemory
{
    private const int Chunk = 1 << 20;
    private const int FrameLength = 4096;
    private const int Frames = 32;

    /// <summary>What is sought is kept masked, so as not to be found where it is asked for.</summary>
    private const byte Mask = 0x5a;

    /// <summary>Whether the characters of an ASCII text stand anywhere one byte each. Strings have two for each.</summary>
    public static bool HasBytesOf(string text)
    {
        var masked = new byte[text.Length];
        for (var at = 0; at < masked.Length; at++)
        {
            masked[at] = (byte)(text[at] ^ Mask);
        }

        var chunk = new byte[Chunk];
        using var memory = File.OpenHandle("/proc/self/mem");
        return File.ReadLines("/proc/self/maps").ToList().Exists(line => WritableRange(line) is var (start, end) && IsIn(memory, start, end, masked, chunk));
    }

    /// <summary>Runs it so far down the stack that what it leaves there is still there when it has returned.</summary>
    public static void RunDeep(Action action) => _ = RunDeep(action, Frames);

    /// <summary>Nothing is called on the way back: that would write over it. The sum keeps each call one with a frame of its own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    private static int RunDeep(Action action, int frames)
    {
        Span<byte> frame = stackalloc byte[FrameLength];
        frame[0] = 1;
        if (frames == 0)
        {
            action();
            return 0;
        }

        return RunDeep(action, frames - 1) + frames;
    }

    /// <summary>Of a line like <c>7f00-7fff rw-p 00000000 00:00 0 [stack]</c>.</summary>
    private static (long Start, long End)? WritableRange(string line)
    {
        var parts = line.Split([' ', '-'], 4);
        return parts[2].StartsWith("rw", StringComparison.Ordinal)
            ? (long.Parse(parts[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture), long.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            : null;
    }

    private static bool IsIn(SafeFileHandle memory, long start, long end, byte[] masked, byte[] chunk)
    {
        for (var at = start; at < end; at += Chunk - masked.Length)
        {
            int read;
            try
            {
                read = RandomAccess.Read(memory, chunk.AsSpan(0, (int)Math.Min(Chunk, end - at)), at);
            }
            catch (IOException)
            {
                // It is there no more, or is a device's.
                return false;
            }

            var isFound = IsIn(chunk.AsSpan(0, read), masked);
            CryptographicOperations.ZeroMemory(chunk);
            if (isFound)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsIn(ReadOnlySpan<byte> bytes, byte[] masked)
    {
        ReadOnlySpan<byte> first = [(byte)(masked[0] ^ Mask), (byte)(masked[1] ^ Mask)];
        while (bytes.IndexOf(first) is >= 0 and var at && at + masked.Length <= bytes.Length)
        {
            var matching = 2;
            while (matching < masked.Length && bytes[at + matching] == (masked[matching] ^ Mask))
            {
                matching++;
            }

            if (matching == masked.Length)
            {
                return true;
            }

            bytes = bytes[(at + 1)..];
        }

        return false;
    }
}
