namespace Pat.AspNetCore;

/// <summary>How the management API is reached.</summary>
public sealed class PersonalAccessTokenManagementOptions
{
    /// <summary>
    /// Other origins whose pages may change tokens in a signed-in user's name, as browsers send them:
    /// <c>https://app.example.com</c>. Default: none.
    /// </summary>
    public IList<string> AllowedOrigins { get; } = [];
}
