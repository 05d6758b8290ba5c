using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Pat.Benchmarks;

/// <summary>
/// Rows of the right shape for a table of any size: each is worked out from its number, so that none has to be kept to be
/// found again.
/// </summary>
/// <param name="count">How many rows there are.</param>
internal sealed class TokenRows(long count)
{
    /// <summary>One row of so many has been out of use for so long that clean-up removes it; they stand evenly among the others.</summary>
    public const int InactiveEvery = 10;

    private const int InactiveRemainder = 3;
    private const int TokensPerOwner = 5;

    private readonly DateTime _now = TimeProvider.System.GetUtcNow().UtcDateTime;

    public long Count => count;

    public static bool IsInactive(long number) => number % InactiveEvery == InactiveRemainder;

    /// <summary>A version 7 Guid, greater for a greater number.</summary>
    public Guid Id(long number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, new DateTimeOffset(CreatedAt(number)).ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], (Scatter(number) & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000);
        bytes[6] = 0x70;
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A row whose secret nobody knows, used some time before the last hour unless it is inactive.</summary>
    public PersonalAccessToken Row(long number)
    {
        var createdAt = CreatedAt(number);
        Span<byte> random = stackalloc byte[56];
        for (var part = 0; part < random.Length; part += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64BigEndian(random[part..], Scatter((number * 31) + part));
        }

        var scattered = Scatter(number);
        return new PersonalAccessToken
        {
            Id = Id(number),
            OwnerId = Subject.Id((int)(scattered % (ulong)Math.Max(1, count / TokensPerOwner))),
            Name = $"token {number}",
            Scopes = ["read", "write"],
            SecretHash = $"$argon2id$v=19$m=19456,t=2,p=1${Base64(random[..16])}${Base64(random[16..48])}",
            SecretTag = random[48..].ToArray(),
            SecretCreatedAt = createdAt,
            CreatedAt = createdAt,
            UpdatedAt = createdAt,
            ExpiresAt = _now.AddDays(1 + (scattered % 365)),
            LastUsedAt = IsInactive(number) ? _now.AddDays(-400) : _now.AddHours(-1).AddMinutes(-(double)(scattered % 10_000)),
            Version = 1,
        };
    }

    /// <summary>The row with a secret that is known, used just now; inactive rows stay what they are.</summary>
    public (PersonalAccessToken Row, string Value) KnownRow(long number)
    {
        var row = Row(number);
        var value = PersonalAccessTokenFormat.Create("pat", row.Id);
        var digest = SHA256.HashData(Encoding.ASCII.GetBytes(value));
        row.SecretHash = $"$sha256${Base64(digest)}";
        row.SecretTag = digest[..8];
        row.LastUsedAt = _now;
        return (row, value);
    }

    /// <summary>Spread over two years that ended some hundred days ago, so that any row can have been out of use for one.</summary>
    private DateTime CreatedAt(long number) => _now.AddDays(-1_200).AddDays(730.0 * number / count);

    private static string Base64(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    /// <summary>SplitMix64: numbers that follow each other give numbers that do not.</summary>
    private static ulong Scatter(long number)
    {
        var mixed = (ulong)number * 0x9E37_79B9_7F4A_7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58_476D_1CE4_E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D0_49BB_1331_11EB;
        return mixed ^ (mixed >> 31);
    }
}
