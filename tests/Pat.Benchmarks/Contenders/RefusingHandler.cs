using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Pat.AspNetCore;

namespace Pat.Benchmarks;

/// <summary>The product's handler, but for requests that are marked as bad: these are refused without a look at them.</summary>
internal sealed class RefusingHandler(PersonalAccessTokenHandler product) : IAuthenticationHandler
{
    private static readonly Task<AuthenticateResult> Refused = Task.FromResult(AuthenticateResult.Fail("The token was refused."));

    private readonly IAuthenticationHandler _product = product;

    private HttpContext? _context;

    private bool Refuses => AbuseBenchmark.IsMarked(_context!);

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _context = context;
        return _product.InitializeAsync(scheme, context);
    }

    public Task<AuthenticateResult> AuthenticateAsync() => Refuses ? Refused : _product.AuthenticateAsync();

    public Task ChallengeAsync(AuthenticationProperties? properties)
    {
        if (!Refuses)
        {
            return _product.ChallengeAsync(properties);
        }

        _context!.Response.StatusCode = StatusCodes.Status401Unauthorized;
        _context.Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }

    public Task ForbidAsync(AuthenticationProperties? properties) => _product.ForbidAsync(properties);
}
