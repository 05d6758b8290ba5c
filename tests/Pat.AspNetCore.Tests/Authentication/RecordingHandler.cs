using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>A scheme that only notes what it was asked for.</summary>
internal sealed class RecordingHandler(ForwardedCalls calls) : IAuthenticationSignInHandler
{
    private string _name = "";

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _name = scheme.Name;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        calls.Add(_name, Verb.Authenticate);
        return Task.FromResult(AuthenticateResult.NoResult());
    }

    public Task ChallengeAsync(AuthenticationProperties? properties) => Note(Verb.Challenge);

    public Task ForbidAsync(AuthenticationProperties? properties) => Note(Verb.Forbid);

    public Task SignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties) => Note(Verb.SignIn);

    public Task SignOutAsync(AuthenticationProperties? properties) => Note(Verb.SignOut);

    private Task Note(Verb verb)
    {
        calls.Add(_name, verb);
        return Task.CompletedTask;
    }
}
