using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Benchmarks;

/// <summary>One way to authenticate the requests of an application that is otherwise the same.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>The claim by which the endpoint knows the user.</summary>
    string UserIdClaim => ClaimTypes.NameIdentifier;

    /// <summary>Adds authentication.</summary>
    void AddServices(IServiceCollection services);

    /// <summary>Makes the endpoint ask for it.</summary>
    void Protect(IEndpointConventionBuilder endpoint);

    /// <summary>Makes what has to be there when the application starts. Runs once.</summary>
    Task PrepareAsync(IServiceProvider services) => Task.CompletedTask;

    /// <summary>Issues bearer values, each good for the endpoint. Runs once, before the first request.</summary>
    Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count);
}
