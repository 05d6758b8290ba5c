using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <summary>
/// When a user signed in, to the second. It stands in a session's properties, which a refresh keeps, while the ticket's
/// own IssuedUtc moves with each renewal.
/// </summary>
internal static class SignInTime
{
    /// <summary>OpenID Connect Core 1.0, section 2: when the user was authenticated, in seconds since 1970.</summary>
    private const string ClaimType = "auth_time";

    private const string ItemName = ".pat.auth_time";

    /// <summary>Notes a sign-in, unless the properties are those of an earlier one that is only refreshed.</summary>
    public static void Note(AuthenticationProperties properties, ClaimsPrincipal? user, DateTimeOffset now)
    {
        // Who was signed in at a provider already did not sign in just now.
        var time = (user is null ? null : Of(user)) ?? now;
        properties.Items.TryAdd(ItemName, time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
    }

    public static DateTimeOffset? Of(AuthenticationProperties? properties) =>
        Parse(properties is not null && properties.Items.TryGetValue(ItemName, out var text) ? text : null);

    public static DateTimeOffset? Of(ClaimsPrincipal user) => Parse(user.FindFirst(ClaimType)?.Value);

    private static DateTimeOffset? Parse(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
}
