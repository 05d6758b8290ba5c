using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;

namespace TaskApi.Accounts;

/// <summary>Shows who is signed in.</summary>
internal static class ProfilePage
{
    public const string Path = "/profile";

    public static void MapProfilePage(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Show).RequireAuthorization().ExcludeFromDescription();

    private static RazorComponentResult<Profile> Show(ClaimsPrincipal user, HttpRequest request) =>
        new(new { Email = user.Identity?.Name, Server = $"{request.Scheme}://{request.Host}{request.PathBase}" });
}
