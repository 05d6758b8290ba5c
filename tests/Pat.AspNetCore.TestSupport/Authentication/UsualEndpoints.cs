using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.TestSupport;

/// <summary>One endpoint of each kind that a token can meet.</summary>
internal static class UsualEndpoints
{
    /// <summary>Asks for <c>read</c>; answers the caller's claims as <c>type=value</c>.</summary>
    public const string Read = "/read";

    /// <summary>POST, asks for <c>write</c>.</summary>
    public const string Write = "/write";

    /// <summary>Requires a user and takes no tokens.</summary>
    public const string Closed = "/closed";

    /// <summary>Lets everybody in; answers the caller's name or <c>anonymous</c>.</summary>
    public const string Open = "/open";

    public static void Map(WebApplication app)
    {
        app.MapGet(Read, (ClaimsPrincipal user) => Describe(user)).RequireScope("read");
        app.MapPost(Write, () => "written").RequireScope("write");
        app.MapGet(Closed, () => "closed").RequireAuthorization();
        app.MapGet(Open, (HttpContext context) =>
            context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "anonymous").AllowAnonymous();
    }

    public static string[] Describe(ClaimsPrincipal user) => [.. user.Claims.Select(claim => $"{claim.Type}={claim.Value}")];
}
