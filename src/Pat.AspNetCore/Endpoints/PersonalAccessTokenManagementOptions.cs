namespace Pat.AspNetCore;

/// <summary>How the management API is reached: <c>services.Configure&lt;PersonalAccessTokenManagementOptions&gt;(...)</c>. Checked when the application starts.</summary>
public sealed class PersonalAccessTokenManagementOptions
{
    /// <summary>
    /// Other origins whose pages may change tokens in a signed-in user's name, as browsers send them:
    /// <c>https://app.example.com</c>, scheme and host, and the port if it is not the scheme's own. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>
    /// Whether a token may replace its own secret, by <c>POST /self/rotate</c>: for machines that nobody signs in for. Whoever
    /// steals such a token can do so too, and then the owner's stops working. Default: false, and there is no such route.
    /// </summary>
    public bool AllowSelfRotation { get; set; }

    /// <summary>
    /// How long ago a user may have signed in to create, edit or rotate tokens: 1 minute to 24 hours, or null for any time.
    /// Listing and revoking are never held up. Default: null.
    /// </summary>
    /// <remarks>
    /// Counted from the sign-in itself, which cookie schemes then note in their sessions (renewals and refreshes keep it),
    /// or else from the claim <c>auth_time</c> (OpenID Connect: seconds since 1970). A session that has neither, because it
    /// began before this was set, say, counts as old.
    /// </remarks>
    public TimeSpan? RequireRecentSignIn { get; set; }
}
