namespace Pat.AspNetCore;

/// <summary>Whose tokens a request is about: a feature of requests to the management API whose session was found current.</summary>
/// <param name="id">The user's id.</param>
/// <param name="stamp">The user's security stamp when that was found, or null. It is a secret of the application.</param>
internal sealed class SessionOwner(string id, string? stamp)
{
    public string Id => id;

    public string? Stamp => stamp;
}
