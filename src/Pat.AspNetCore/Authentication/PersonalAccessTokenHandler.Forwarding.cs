using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <content>Asking another scheme in place of this one, as the options of every scheme can say.</content>
internal sealed partial class PersonalAccessTokenHandler
{
    /// <summary>
    /// Whether another scheme is being asked in place of this one. The application's default schemes hand requests with
    /// tokens over to here, so what is forwarded can come back.
    /// </summary>
    private bool _isForwarding;

    private async Task<AuthenticateResult> ForwardAuthenticateAsync(string target)
    {
        using var forwarding = new Forwarding(this);
        return await Context.AuthenticateAsync(target);
    }

    private async Task ForwardChallengeAsync(string target, AuthenticationProperties? properties)
    {
        using var forwarding = new Forwarding(this);
        await Context.ChallengeAsync(target, properties);
    }

    private async Task ForwardForbidAsync(string target, AuthenticationProperties? properties)
    {
        using var forwarding = new Forwarding(this);
        await Context.ForbidAsync(target, properties);
    }

    Task IAuthenticationHandler.ChallengeAsync(AuthenticationProperties? properties) =>
        ResolveTarget(Options.ForwardChallenge) is { } target ? ForwardChallengeAsync(target, properties) : ChallengeAsync(properties);

    Task IAuthenticationHandler.ForbidAsync(AuthenticationProperties? properties) =>
        ResolveTarget(Options.ForwardForbid) is { } target ? ForwardForbidAsync(target, properties) : ForbidAsync(properties);

    /// <summary>Nowhere, where the request comes back from where it was forwarded to: a circle would never end.</summary>
    protected override string? ResolveTarget(string? scheme) => _isForwarding ? null : base.ResolveTarget(scheme);

    /// <summary>The time in which another scheme is asked in place of this one.</summary>
    private readonly struct Forwarding : IDisposable
    {
        private readonly PersonalAccessTokenHandler _handler;

        public Forwarding(PersonalAccessTokenHandler handler)
        {
            _handler = handler;
            _handler._isForwarding = true;
        }

        public void Dispose() => _handler._isForwarding = false;
    }
}
