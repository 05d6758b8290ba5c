namespace Pat.AspNetCore;

/// <summary>Where an application takes part in the authentication of tokens: set a delegate, or derive and override.</summary>
public class PersonalAccessTokenEvents
{
    private static readonly Func<object, Task> Nothing = static _ => Task.CompletedTask;

    /// <summary>Called for each request to an endpoint that is open to tokens, before one is looked for; can supply one from elsewhere. It must not come from a URL that logs keep.</summary>
    public Func<PersonalAccessTokenMessageReceivedContext, Task> OnMessageReceived { get; set; } = Nothing;

    /// <summary>Called when a token is genuine and usable; can add to its principal or refuse it.</summary>
    public Func<PersonalAccessTokenValidatedContext, Task> OnTokenValidated { get; set; } = Nothing;

    /// <summary>Called when a token was refused or could not be judged.</summary>
    public Func<PersonalAccessTokenFailedContext, Task> OnAuthenticationFailed { get; set; } = Nothing;

    /// <summary>Called before a challenge is sent; can send something else.</summary>
    public Func<PersonalAccessTokenChallengeContext, Task> OnChallenge { get; set; } = Nothing;

    /// <summary>Called before an authenticated caller is told that it is not allowed; can send something else.</summary>
    public Func<PersonalAccessTokenForbiddenContext, Task> OnForbidden { get; set; } = Nothing;

    /// <summary>Calls <see cref="OnMessageReceived"/>.</summary>
    public virtual Task MessageReceived(PersonalAccessTokenMessageReceivedContext context) => OnMessageReceived(context);

    /// <summary>Calls <see cref="OnTokenValidated"/>.</summary>
    public virtual Task TokenValidated(PersonalAccessTokenValidatedContext context) => OnTokenValidated(context);

    /// <summary>Calls <see cref="OnAuthenticationFailed"/>.</summary>
    public virtual Task AuthenticationFailed(PersonalAccessTokenFailedContext context) => OnAuthenticationFailed(context);

    /// <summary>Calls <see cref="OnChallenge"/>.</summary>
    public virtual Task Challenge(PersonalAccessTokenChallengeContext context) => OnChallenge(context);

    /// <summary>Calls <see cref="OnForbidden"/>.</summary>
    public virtual Task Forbidden(PersonalAccessTokenForbiddenContext context) => OnForbidden(context);

    /// <summary>Whether the application takes part in anything: where nothing does, no request pays for it.</summary>
    internal bool TakesPart =>
        GetType() != typeof(PersonalAccessTokenEvents)
        || (object)OnMessageReceived != Nothing
        || (object)OnTokenValidated != Nothing
        || (object)OnAuthenticationFailed != Nothing
        || (object)OnChallenge != Nothing
        || (object)OnForbidden != Nothing;
}
