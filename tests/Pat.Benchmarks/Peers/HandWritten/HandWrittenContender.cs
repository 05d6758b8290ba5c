using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Pat.Benchmarks.Peers;

/// <summary>The application with a handler of its own.</summary>
/// <param name="name">What the figures call it.</param>
/// <param name="database">Where tokens are kept.</param>
/// <param name="lastUseResolution">How far apart two notes of a token's last use are at least.</param>
internal sealed class HandWrittenContender(string name, Database database, TimeSpan lastUseResolution) : IContender
{
    public string Name => name;

    public void AddServices(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContextPool<ApiTokenDbContext>(database.Configure);
        services.AddAuthentication(ApiTokenHandler.SchemeName).AddScheme<ApiTokenOptions, ApiTokenHandler>(
            ApiTokenHandler.SchemeName, options => options.LastUseResolution = lastUseResolution);
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint) =>
        endpoint.RequireAuthorization(policy => policy.RequireClaim("scope", "read"));

    public async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ApiTokenDbContext>().Database.EnsureCreatedAsync();
    }

    public async Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count)
    {
        await using var scope = services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<ApiTokenDbContext>();
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var values = Enumerable.Range(0, count)
            .Select(_ => $"key_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}").ToList();
        context.AddRange(values.Select((value, number) => new ApiToken
        {
            UserId = Subject.Id(number),
            Name = "benchmark",
            Hash = SHA256.HashData(Encoding.UTF8.GetBytes(value)),
            Scopes = ["read", "write"],
            CreatedAt = now,
            ExpiresAt = now + Subject.Lifetime,
        }));
        await context.SaveChangesAsync();
        return values;
    }
}
