using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Authenticates requests by the personal access token they carry, on endpoints that are open to tokens, and answers for
/// them (RFC 6750).
/// </summary>
/// <remarks>
/// The base class logs nothing: two lines of its own for each refused request would go past the budget of
/// <see cref="SecurityLog"/>, which tells more.
/// </remarks>
internal sealed partial class PersonalAccessTokenHandler(
    IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> options,
    UrlEncoder encoder,
    TokenJudge judge,
    TokenSchemes schemes,
    TokenAccess access,
    SecurityLog log)
    : AuthenticationHandler<PersonalAccessTokenAuthenticationOptions>(options, NullLoggerFactory.Instance, encoder), IAuthenticationHandler
{
    private static readonly Task<AuthenticateResult> NoResult = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<AuthenticateResult> Refused = Task.FromResult(AuthenticateResult.Fail("The token was refused."));
    private static readonly Task<AuthenticateResult> Ambiguous = Task.FromResult(AuthenticateResult.Fail("The token came together with other credentials."));
    private static readonly Task<AuthenticateResult> Limited = Task.FromResult(AuthenticateResult.Fail("The token was not judged: too much else was refused from its address."));
    private static readonly Task<AuthenticateResult> Unavailable = Task.FromResult(AuthenticateResult.Fail("The token could not be judged."));

    /// <summary>What the cached result rests on, or null while there is none or the request carries no token.</summary>
    private TokenFeature? _judged;

    /// <summary>The authentication of this request, once it was asked for on an open endpoint.</summary>
    private Task<AuthenticateResult>? _authentication;

    private new PersonalAccessTokenEvents Events
    {
        get => (PersonalAccessTokenEvents)base.Events!;
        set => base.Events = value;
    }

    private TokenAnswer Answer => new(Context, Scheme, Options, Events, access, log);

    /// <summary>
    /// The base class keeps its result for the whole request, but the endpoint can change during one (routing after
    /// authentication, an error page re-executed): whether it is open to tokens is asked each time.
    /// </summary>
    Task<AuthenticateResult> IAuthenticationHandler.AuthenticateAsync()
    {
        if (ResolveTarget(Options.ForwardAuthenticate) is { } target)
        {
            return ForwardAuthenticateAsync(target);
        }

        // Nearly always nothing has to be waited for, and then nothing is paid for waiting.
        if (!access.IsKnownToBeOpen(Context, Scheme.Name))
        {
            return CloseOrAuthenticateAsync();
        }

        // A request asks twice: by the default scheme, and by the endpoint's policy.
        _authentication ??= AuthenticateAsync();
        if (!_authentication.IsCompletedSuccessfully)
        {
            return PublishAsync(_authentication);
        }

        Publish();
        return _authentication;
    }

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new PersonalAccessTokenEvents());

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // Refusing costs as little as letting in where nothing has to be waited for and nobody else has a say.
        if (Events.TakesPart
            || access.FindKnown(Context) is not { NamedSchemes.Count: 0 } endpoint
            || !endpoint.OpenTo.Contains(Scheme.Name)
            || !HandleAuthenticateOnceAsync().IsCompletedSuccessfully)
        {
            return JudgeAndChallengeAsync(properties);
        }

        Publish();
        TokenAnswer.Challenge(Context, Options, FindFeatureToAnswer());
        return Task.CompletedTask;
    }

    private async Task JudgeAndChallengeAsync(AuthenticationProperties properties)
    {
        var failure = await JudgeForAnswerAsync();
        await Answer.ChallengeAsync(FindFeatureToAnswer(), failure, properties);
    }

    /// <summary>What became of the token; where there is none, the log says what looks like one.</summary>
    private TokenFeature? FindFeatureToAnswer()
    {
        var feature = TokenFeature.Of(Context);
        if (feature is null && schemes.FindMisplaced(Context) is { } header)
        {
            log.Misplaced(header, Context);
        }

        return feature;
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var failure = await JudgeForAnswerAsync();
        var feature = TokenFeature.Of(Context);
        if (feature is null or { Outcome: TokenOutcome.Accepted })
        {
            await Answer.ForbidAsync(feature, properties);
        }
        else
        {
            // Another scheme's identity was accepted beside a token that was not: the token's state is what counts.
            await Answer.ChallengeAsync(feature, failure, properties);
        }
    }

    /// <summary>Why authentication failed, or null; judges the token where nobody asked for that before.</summary>
    private async Task<Exception?> JudgeForAnswerAsync()
    {
        if (!await access.IsOpenAsync(Context, Scheme.Name))
        {
            await CloseAsync();
            return null;
        }

        var result = await HandleAuthenticateOnceSafeAsync();
        Publish();
        return result.Failure;
    }

    /// <summary>On an endpoint closed to tokens a token is not looked at, and what it was elsewhere in this request is forgotten.</summary>
    private async Task CloseAsync()
    {
        var former = TokenFeature.Of(Context);
        var carried = schemes.Read(Context).Scheme;
        if ((carried ?? former?.Scheme) is not { } scheme || await access.IsOpenAsync(Context, scheme))
        {
            // No token, or one of another scheme that the endpoint does take.
            return;
        }

        if (former?.Outcome == TokenOutcome.Accepted)
        {
            Context.User = new();
            Context.Features.Set<IAuthenticateResultFeature>(null);
        }

        TokenFeature.Set(Context, judge.FeatureOf(TokenOutcome.NotOpen, scheme));
    }

    /// <summary>Says what became of the token at an open endpoint, in the place of what was said at a closed one before.</summary>
    private void Publish()
    {
        var present = TokenFeature.Of(Context);
        if (!ReferenceEquals(present, _judged) && (_judged is not null || present?.Scheme == Scheme.Name))
        {
            TokenFeature.Set(Context, _judged);
        }
    }

    private async Task<AuthenticateResult> PublishAsync(Task<AuthenticateResult> authentication)
    {
        var result = await authentication;
        Publish();
        return result;
    }

    private async Task<AuthenticateResult> CloseOrAuthenticateAsync()
    {
        if (await access.IsOpenAsync(Context, Scheme.Name))
        {
            return await PublishAsync(_authentication ??= AuthenticateAsync());
        }

        await CloseAsync();
        return AuthenticateResult.NoResult();
    }
}
