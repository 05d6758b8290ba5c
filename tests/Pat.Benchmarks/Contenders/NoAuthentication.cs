using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>The application without authentication: routing and the endpoint alone.</summary>
internal sealed class NoAuthentication : IContender
{
    public string Name => "none";

    public void AddServices(IServiceCollection services)
    {
        services.AddAuthentication();
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint)
    {
    }

    public Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count) =>
        Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Repeat("none", count)]);
}
