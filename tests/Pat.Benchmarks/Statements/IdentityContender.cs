using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>The product beside ASP.NET Core Identity, whose users own the tokens.</summary>
internal sealed class IdentityContender(Database database) : IContender
{
    private const string Role = "member";

    public string Name => "pat + Identity";

    public void AddServices(IServiceCollection services)
    {
        services.AddDbContextPool<UsersDbContext>(database.Configure);
        services.AddIdentityCore<IdentityUser>().AddRoles<IdentityRole>().AddEntityFrameworkStores<UsersDbContext>();
        services.AddPersonalAccessTokens(options => options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256)
            .AddEntityFrameworkStore<UsersDbContext>()
            .UsePostgreSql()
            .AddIdentityOwners<IdentityUser, UsersDbContext>();
    }

    public void Protect(IEndpointConventionBuilder endpoint) => endpoint.RequireScope("read");

    public async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<UsersDbContext>().Database.EnsureCreatedAsync();
    }

    public async Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count)
    {
        await using var scope = services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>();
        await scope.ServiceProvider.GetRequiredService<RoleManager<IdentityRole>>().CreateAsync(new IdentityRole(Role));
        var manager = services.GetRequiredService<PersonalAccessTokenManager>();
        var values = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var user = new IdentityUser(Subject.Id(number)) { Email = $"{Subject.Id(number)}@example.com" };
            await users.CreateAsync(user);
            await users.AddToRoleAsync(user, Role);
            var result = await manager.CreateAsync(new PersonalAccessTokenCreation
            {
                OwnerId = user.Id,
                Name = "benchmark",
                Scopes = ["write"],
                ExpiresAt = TimeProvider.System.GetUtcNow() + Subject.Lifetime,
            });
            values.Add(result.Value ?? throw new InvalidOperationException($"No token was created: {result.Failure}."));
        }

        return values;
    }
}
