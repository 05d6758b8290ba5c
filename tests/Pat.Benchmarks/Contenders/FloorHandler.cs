using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.Benchmarks;

/// <summary>
/// The least that a handler can do: it looks at nothing and always answers the same. What the framework takes for it is the
/// floor under every scheme.
/// </summary>
internal sealed class FloorHandler<TOptions>(
    IOptionsMonitor<TOptions> options, ILoggerFactory loggerFactory, UrlEncoder encoder, FloorAnswer answer)
    : AuthenticationHandler<TOptions>(options, loggerFactory, encoder)
    where TOptions : AuthenticationSchemeOptions, new()
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (answer.Refuses?.Invoke(Context) == true)
        {
            return Task.FromResult(AuthenticateResult.Fail("The token was refused."));
        }

        foreach (var (type, feature) in answer.Features.Span)
        {
            Context.Features[type] = feature;
        }

        return answer.Failure
            ?? Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(answer.Principal!, Scheme.Name)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = answer.Challenge;
        return Task.CompletedTask;
    }
}
