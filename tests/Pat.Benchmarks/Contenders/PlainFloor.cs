using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>The floor's handler in an application of its own, which the product has no part in.</summary>
internal sealed class PlainFloor(FloorAnswer answer) : IContender
{
    private const string Scheme = "Floor";

    public string Name => "plain floor";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton(answer);

        // Events, so that the framework does not make an object of them for each request.
        services.AddAuthentication(Scheme).AddScheme<AuthenticationSchemeOptions, FloorHandler<AuthenticationSchemeOptions>>(
            Scheme, options => options.Events = new object());
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint) => endpoint.RequireAuthorization();

    public Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count) =>
        Task.FromResult<IReadOnlyList<string>>([.. Enumerable.Repeat("anything", count)]);
}
