namespace Pat.AspNetCore;

/// <summary>How the management API is reached: <c>services.Configure&lt;PersonalAccessTokenManagementOptions&gt;(...)</c>. Checked when the application starts.</summary>
public sealed class PersonalAccessTokenManagementOptions
{
    /// <summary>
    /// Other origins whose pages may change tokens in a signed-in user's name, as browsers send them:
    /// <c>https://app.example.com</c>, scheme and host, and the port if it is not the scheme's own. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
