using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using TaskApi.Tasks;

namespace TaskApi.Accounts;

/// <summary>Two users to try the application with, each with a few tasks. Never outside Development: the password is known.</summary>
internal static class DevelopmentUsers
{
    private const string Password = "Passw0rd!";

    public static async Task AddAsync(AppDbContext context)
    {
        // Copies of the application that start together take turns: SQLite's transactions do so by themselves.
        await using var transaction = await context.Database.BeginTransactionAsync();
        if (context.Database.IsNpgsql())
        {
            await context.Database.ExecuteSqlAsync($"""LOCK TABLE "AspNetUsers" IN EXCLUSIVE MODE""");
        }

        await AddAsync(context, "alice@example.com", ["Buy milk", "Water the plants", "Call the bank"]);
        await AddAsync(context, "bob@example.com", ["Mend the bicycle", "Return the library books"]);
        await transaction.CommitAsync();
    }

    private static async Task AddAsync(AppDbContext context, string email, string[] tasks)
    {
        var normalized = email.ToUpperInvariant();
        if (await context.Users.AnyAsync(user => user.NormalizedEmail == normalized))
        {
            return;
        }

        var user = new AppUser
        {
            UserName = email,
            NormalizedUserName = normalized,
            Email = email,
            NormalizedEmail = normalized,
            EmailConfirmed = true,
            LockoutEnabled = true,
        };
        user.PasswordHash = new PasswordHasher<AppUser>().HashPassword(user, Password);
        context.Users.Add(user);
        context.Tasks.AddRange(tasks.Select(name => new TaskItem { OwnerId = user.Id, Name = name }));
        await context.SaveChangesAsync();
    }
}
