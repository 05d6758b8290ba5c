// The body of a method that has what it needs.
using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Pat;
using Pat.AspNetCore;
using Pat.Client;

internal static class Method
{
    public static async Task RunAsync(
        PersonalAccessTokenManager tokens,
        PersonalAccessToken found,
        UserManager<AppUser> users,
        AppUser user,
        TimeProvider clock,
        TasksClient tasks,
        HttpContext context,
        CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
// the block
    }
}
