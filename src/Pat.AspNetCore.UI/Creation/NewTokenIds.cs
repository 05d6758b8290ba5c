using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Pat.AspNetCore.UI;

/// <summary>
/// The id that a new token will have goes into the form that asks for it, protected: so a form that is sent twice, also to
/// two nodes, meets the primary key and makes one token. The nodes share their keys of data protection, as they have to
/// for antiforgery and cookies.
/// </summary>
internal sealed class NewTokenIds(IDataProtectionProvider provider, TimeProvider timeProvider)
{
    /// <summary>Not longer, or a form could make a token again that was revoked and whose row was removed meanwhile.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly IDataProtector _protector = provider.CreateProtector("Pat.AspNetCore.UI.NewTokenIds");

    public string Draw(string ownerId)
    {
        var now = timeProvider.GetUtcNow();
        var until = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return _protector.Protect($"{PersonalAccessTokenFormat.FormatId(Guid.CreateVersion7(now))} {until} {ownerId}");
    }

    /// <summary>False where it is not one that this user was given within the hour.</summary>
    public bool TryRead(string? text, string ownerId, out Guid id)
    {
        id = default;
        if (string.IsNullOrEmpty(text) || Unprotect(text)?.Split(' ', 3) is not [var idText, var untilText, var owner])
        {
            return false;
        }

        return owner == ownerId
            && long.Parse(untilText, CultureInfo.InvariantCulture) > timeProvider.GetUtcNow().ToUnixTimeSeconds()
            && PersonalAccessTokenFormat.TryParseId(idText, out id);
    }

    private string? Unprotect(string text)
    {
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
