using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Pat.EntityFrameworkCore;

namespace Pat.Benchmarks;

/// <summary>This product, as its quick start adds it.</summary>
/// <param name="name">What the figures call it.</param>
/// <param name="database">Where tokens are kept.</param>
/// <param name="hasCookies">Whether the application signs users in by cookies, its default scheme, and tokens stand beside it.</param>
/// <param name="hasOwners">Whether owners have claims, so that a principal has twelve; else it has five.</param>
/// <param name="algorithm">
/// How secrets are hashed. It matters at a secret's first use alone, and a thousand Argon2id hashes take a minute or two.
/// </param>
internal class PatContender(
    string name,
    Database database,
    bool hasCookies = false,
    bool hasOwners = false,
    PersonalAccessTokenHashAlgorithm algorithm = PersonalAccessTokenHashAlgorithm.Sha256) : IContender
{
    public string Name => name;

    public virtual void AddServices(IServiceCollection services)
    {
        if (hasCookies)
        {
            services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        }

        services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        var tokens = services.AddPersonalAccessTokens(options => options.Hashing.Algorithm = algorithm)
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        if (database.IsPostgreSql)
        {
            tokens.UsePostgreSql();
        }

        if (hasOwners)
        {
            tokens.AddOwnerSource<Owners>();
        }
    }

    public void Protect(IEndpointConventionBuilder endpoint) => endpoint.RequireScope("read");

    public async Task PrepareAsync(IServiceProvider services)
    {
        await using var context = await services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    public virtual async Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count)
    {
        var manager = services.GetRequiredService<PersonalAccessTokenManager>();
        var expiresAt = TimeProvider.System.GetUtcNow() + Subject.Lifetime;
        var values = new List<string>();
        for (var number = 0; number < count; number++)
        {
            var result = await manager.CreateAsync(new PersonalAccessTokenCreation
            {
                OwnerId = Subject.Id(number),
                Name = "benchmark",
                Scopes = ["write"],
                ExpiresAt = expiresAt,
            });
            values.Add(result.Value ?? throw new InvalidOperationException($"No token was created: {result.Failure}."));
        }

        return values;
    }
}
