using System.Security.Claims;

namespace Pat.Benchmarks;

/// <summary>The users that all contenders authenticate.</summary>
internal static class Subject
{
    /// <summary>How long what is issued lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static string Id(int number) => $"user-{number:D8}";

    /// <summary>
    /// What an application knows of a user besides the id: with the id and the four claims that a token with two scopes
    /// has of its own (two scopes, its id, how it was authenticated) these make a principal of twelve.
    /// </summary>
    public static IReadOnlyList<Claim> Claims(string id) =>
    [
        new(ClaimTypes.Name, $"{id}@example.com"),
        new(ClaimTypes.Email, $"{id}@example.com"),
        new(ClaimTypes.GivenName, $"Given {id}"),
        new(ClaimTypes.Surname, $"Sur {id}"),
        new(ClaimTypes.Role, "member"),
        new(ClaimTypes.Role, "editor"),
        new("tenant", $"tenant of {id}"),
    ];
}
