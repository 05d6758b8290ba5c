using System.Security.Cryptography;
using System.Text;

namespace Pat;

/// <summary>What a token keeps of its owner's security stamp: a hash, since the stamp itself is a secret of the application.</summary>
internal static class OwnerStamp
{
    public static byte[]? Of(string? securityStamp)
    {
        if (securityStamp is null)
        {
            return null;
        }

        var bytes = Encoding.UTF8.GetBytes(securityStamp);
        var stamp = SHA256.HashData(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return stamp;
    }

    /// <summary>False where either side has no stamp: what can't be compared does not count as unchanged.</summary>
    public static bool Matches(byte[]? kept, string? securityStamp) =>
        AreEqual(kept, Of(securityStamp));

    /// <summary>False where either is missing, as with <see cref="Matches"/>.</summary>
    public static bool AreEqual(byte[]? kept, byte[]? current) =>
        kept is not null && current is not null && CryptographicOperations.FixedTimeEquals(kept, current);
}
