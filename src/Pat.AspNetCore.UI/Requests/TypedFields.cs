using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Pat.AspNetCore.UI;

/// <summary>
/// What a user typed goes through the sign-in in the address, as what a link fills in does. A seal beside it tells the two
/// apart, so that nobody is warned of a link that was none, and no link passes for what one typed.
/// </summary>
internal sealed class TypedFields(IDataProtectionProvider provider, TimeProvider timeProvider)
{
    /// <summary>What the seal is called in the address.</summary>
    public const string SealParameter = "typed";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>A seal that holds for this user, for an hour.</summary>
    public string Seal(string ownerId) =>
        ProtectorFor(ownerId).Protect((timeProvider.GetUtcNow() + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));

    public bool IsSeal(string? text, string ownerId)
    {
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        try
        {
            var until = long.Parse(ProtectorFor(ownerId).Unprotect(text), CultureInfo.InvariantCulture);
            return until > timeProvider.GetUtcNow().ToUnixTimeSeconds();
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private IDataProtector ProtectorFor(string ownerId) => provider.CreateProtector("Pat.AspNetCore.UI.TypedFields", ownerId);
}
