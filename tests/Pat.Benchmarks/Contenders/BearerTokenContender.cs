using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.Benchmarks;

/// <summary>ASP.NET Core's BearerToken handler: the principal itself, encrypted by data protection.</summary>
internal sealed class BearerTokenContender : IContender
{
    public string Name => "BearerToken";

    public void AddServices(IServiceCollection services)
    {
        services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken();
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint) => endpoint.RequireAuthorization();

    public Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count)
    {
        var protector = services.GetRequiredService<IOptionsMonitor<BearerTokenOptions>>()
            .Get(BearerTokenDefaults.AuthenticationScheme).BearerTokenProtector;
        return Task.FromResult<IReadOnlyList<string>>(
            [.. Enumerable.Range(0, count).Select(number => protector.Protect(Ticket(Subject.Id(number))))]);
    }

    private static AuthenticationTicket Ticket(string id)
    {
        var identity = new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, id),
                new Claim("amr", "pwd"),
                new Claim("sid", id),
                new Claim("scope", "read"),
                new Claim("scope", "write"),
                .. Subject.Claims(id),
            ],
            BearerTokenDefaults.AuthenticationScheme);
        var properties = new AuthenticationProperties { ExpiresUtc = TimeProvider.System.GetUtcNow() + Subject.Lifetime };
        return new AuthenticationTicket(
            new ClaimsPrincipal(identity), properties, $"{BearerTokenDefaults.AuthenticationScheme}:AccessToken");
    }
}
