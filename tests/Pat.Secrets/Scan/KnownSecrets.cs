using System.Text;

namespace Pat.Secrets.Scan;

/// <summary>The secrets of a run, cut into all their pieces of <see cref="PieceLength"/> bytes, to be met in any bytes.</summary>
public sealed class KnownSecrets
{
    /// <summary>What counts as a piece: 12 characters of a secret, 71 bits, are met nowhere by chance.</summary>
    public const int PieceLength = 12;

    private const ulong Factor = 6364136223846793005UL;
    private const int FilterBits = 26;

    private static readonly ulong OldestFactor = Power(Factor, PieceLength);

    private readonly HashSet<ulong> _pieces = [];
    private readonly ulong[] _filter = new ulong[(1 << FilterBits) / 64];

    /// <summary>How many secrets are known.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a token's secret and checksum: its last 49 characters. Prefix and id are no secret.</summary>
    public void AddToken(string token) => AddBytes(Encoding.ASCII.GetBytes(token[^WellFormedToken.SecretAndChecksumLength..]));

    /// <summary>Notes a key.</summary>
    public void AddBytes(ReadOnlySpan<byte> secret)
    {
        Count++;
        EachPiece(secret, (hash, _) =>
        {
            _pieces.Add(hash);
            _filter[Slot(hash) / 64] |= 1UL << (int)(Slot(hash) % 64);
        });
    }

    /// <summary>Where the first piece of a known secret stands, or -1.</summary>
    public int IndexIn(ReadOnlySpan<byte> bytes)
    {
        var found = -1;
        var hash = 0UL;
        for (var i = 0; i < bytes.Length && found < 0; i++)
        {
            hash = Next(hash, bytes, i);
            if (i >= PieceLength - 1 && (_filter[Slot(hash) / 64] >> (int)(Slot(hash) % 64) & 1) == 1 && _pieces.Contains(hash))
            {
                found = i - PieceLength + 1;
            }
        }

        return found;
    }

    private static void EachPiece(ReadOnlySpan<byte> bytes, Action<ulong, int> found)
    {
        var hash = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            hash = Next(hash, bytes, i);
            if (i >= PieceLength - 1)
            {
                found(hash, i - PieceLength + 1);
            }
        }
    }

    /// <summary>The hash of the piece that ends at <paramref name="index"/>, from that of the one before.</summary>
    private static ulong Next(ulong hash, ReadOnlySpan<byte> bytes, int index) =>
        (hash * Factor) + bytes[index] + 1 - (index >= PieceLength ? OldestFactor * (bytes[index - PieceLength] + 1UL) : 0);

    private static ulong Slot(ulong hash) => hash * 11400714819323198485UL >> (64 - FilterBits);

    private static ulong Power(ulong value, int exponent)
    {
        var power = 1UL;
        for (var i = 0; i < exponent; i++)
        {
            power *= value;
        }

        return power;
    }
}
