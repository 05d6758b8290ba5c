namespace Pat.AspNetCore;

/// <summary>Whose tokens a request to the management API is about: a feature of requests whose session was found current.</summary>
/// <param name="Id">The user's id.</param>
internal sealed record SessionOwner(string Id);
