using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TaskApi.Tasks;

namespace TaskApi.Accounts;

/// <summary>Shows who is signed in, and leads to the page of their tokens.</summary>
internal static class ProfilePage
{
    public const string Path = "/profile";

    public const string SecurityPath = "/profile/security";

    public static void MapProfilePage(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, ShowAsync).RequireAuthorization().RefuseTokens().ExcludeFromDescription();

    private static async Task<RazorComponentResult<Profile>> ShowAsync(
        ClaimsPrincipal user, HttpRequest request, AppDbContext context, CancellationToken cancellationToken)
    {
        var tasks = context.TasksOf(user);
        var all = await tasks.CountAsync(cancellationToken);
        var done = await tasks.CountAsync(task => task.Done, cancellationToken);
        return new(new
        {
            Email = user.Identity?.Name,
            ToDo = all - done,
            Done = done,
            Server = $"{request.Scheme}://{request.Host}{request.PathBase}",
        });
    }
}
