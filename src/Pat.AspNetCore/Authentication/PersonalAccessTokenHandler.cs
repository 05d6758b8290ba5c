using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Authenticates requests by the personal access token they carry, on endpoints that are open to tokens, and answers for
/// them (RFC 6750).
/// </summary>
internal sealed partial class PersonalAccessTokenHandler(
    IOptionsMonitor<PersonalAccessTokenAuthenticationOptions> options,
    ILoggerFactory loggerFactory,
    UrlEncoder encoder,
    PersonalAccessTokenManager manager,
    PersonalAccessTokenScopes scopes,
    UsageRecorder usage,
    TokenSchemes schemes,
    TokenAccess access,
    IOptions<PersonalAccessTokenOptions> tokenOptions)
    : AuthenticationHandler<PersonalAccessTokenAuthenticationOptions>(options, loggerFactory, encoder), IAuthenticationHandler
{
    private static readonly AuthenticateResult Refused = AuthenticateResult.Fail("The token was refused.");
    private static readonly AuthenticateResult Ambiguous = AuthenticateResult.Fail("The token came together with other credentials.");
    private static readonly AuthenticateResult Unavailable = AuthenticateResult.Fail("The token could not be judged.");

    /// <summary>What the cached result rests on, or null while there is none or the request carries no token.</summary>
    private TokenFeature? _judged;

    private new PersonalAccessTokenEvents Events
    {
        get => (PersonalAccessTokenEvents)base.Events!;
        set => base.Events = value;
    }

    private TokenAnswer Answer => new(Context, Scheme, Options, Events, access, Logger);

    /// <summary>
    /// The base class keeps its result for the whole request, but the endpoint can change during one (routing after
    /// authentication, an error page re-executed): whether it is open to tokens is asked each time.
    /// </summary>
    async Task<AuthenticateResult> IAuthenticationHandler.AuthenticateAsync()
    {
        if (ResolveTarget(Options.ForwardAuthenticate) is { } target)
        {
            using var forwarding = new Forwarding(this);
            return await Context.AuthenticateAsync(target);
        }

        if (!await access.IsOpenAsync(Context, Scheme.Name))
        {
            await CloseAsync();
            return AuthenticateResult.NoResult();
        }

        var result = await AuthenticateAsync();
        Publish();
        return result;
    }

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new PersonalAccessTokenEvents());

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var received = new PersonalAccessTokenMessageReceivedContext(Context, Scheme, Options);
        await Events.MessageReceived(received);
        if (received.Result is { } result)
        {
            // Refused by the application: as with a token that is not good, no other credential takes its place.
            _judged = result.Failure is null ? null : new TokenFeature { Outcome = TokenOutcome.Refused, Scheme = Scheme.Name };
            return result;
        }

        var value = received.Token;
        if (value is not null)
        {
            if (schemes.FindScheme(value) is { } taker && taker != Scheme.Name)
            {
                return AuthenticateResult.NoResult();
            }
        }
        else
        {
            var carried = schemes.Read(Context);
            if (carried.Scheme != Scheme.Name)
            {
                return AuthenticateResult.NoResult();
            }

            if (carried.IsAmbiguous)
            {
                _judged = new TokenFeature { Outcome = TokenOutcome.Ambiguous, Scheme = Scheme.Name };
                return Ambiguous;
            }

            value = carried.Value!;
        }

        return await JudgeAsync(value);
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var failure = await JudgeForAnswerAsync();
        await Answer.ChallengeAsync(Context.Features.Get<TokenFeature>(), failure, properties);
    }

    protected override async Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var failure = await JudgeForAnswerAsync();
        var feature = Context.Features.Get<TokenFeature>();
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

    private async Task<AuthenticateResult> JudgeAsync(string value)
    {
        PersonalAccessTokenVerification verification;
        try
        {
            verification = await manager.VerifyAsync(value, Context.RequestAborted);
        }
        catch (PersonalAccessTokenUnavailableException exception)
        {
            return await FailAsync(
                new TokenFeature { Outcome = TokenOutcome.Unavailable, Scheme = Scheme.Name },
                new PersonalAccessTokenFailedContext(Context, Scheme, Options) { Exception = exception },
                Unavailable);
        }

        if (!verification.Succeeded)
        {
            NoteRefusal(verification);
            return await FailAsync(
                new TokenFeature
                {
                    Outcome = TokenOutcome.Refused,
                    Scheme = Scheme.Name,
                    Detail = TokenAnswer.Detail(verification),
                },
                new PersonalAccessTokenFailedContext(Context, Scheme, Options)
                {
                    TokenId = verification.Id,
                    Refusal = verification.Refusal,
                },
                Refused);
        }

        return await AcceptAsync(verification.Token, verification);
    }

    private void NoteRefusal(PersonalAccessTokenVerification verification)
    {
        if (verification.Id is { } id)
        {
            Log.TokenRefused(Logger, PersonalAccessTokenFormat.FormatId(id), verification.Refusal);
        }
        else
        {
            Log.MalformedTokenRefused(Logger);
        }
    }

    private async Task<AuthenticateResult> AcceptAsync(PersonalAccessToken token, PersonalAccessTokenVerification verification)
    {
        var owner = verification.Owner;
        var held = scopes.Expand(token.Scopes);
        var validated = new PersonalAccessTokenValidatedContext(Context, Scheme, Options, token, owner)
        {
            Principal = TokenPrincipal.Create(token, owner, held, Scheme.Name, Options),
        };
        validated.Properties.ExpiresUtc = token.ExpiresAt;
        await Events.TokenValidated(validated);
        if (validated.Result is { Succeeded: false } overruled)
        {
            // A token was presented, so the request stays that token's: no other credential takes its place.
            _judged = new TokenFeature { Outcome = TokenOutcome.Refused, Scheme = Scheme.Name };
            return overruled;
        }

        _judged = new TokenFeature
        {
            Outcome = TokenOutcome.Accepted,
            Scheme = Scheme.Name,
            Token = token,
            IsPreviousSecret = verification.IsPreviousSecret,
            Scopes = held,
        };
        usage.Record(
            token, ClientNetwork.Of(Context.Connection.RemoteIpAddress, tokenOptions.Value.LastUsedAddress));
        if (validated.Result is null)
        {
            validated.Success();
        }

        return validated.Result!;
    }

    private async Task<AuthenticateResult> FailAsync(
        TokenFeature feature, PersonalAccessTokenFailedContext failed, AuthenticateResult failure)
    {
        await Events.AuthenticationFailed(failed);
        if (failed.Result is null)
        {
            _judged = feature;
            return failure;
        }

        // The application judged instead: what it accepted is a principal of its own, limited by its claims.
        _judged = failed.Result.Succeeded ? null : feature;
        return failed.Result;
    }

    /// <summary>On an endpoint closed to tokens a token is not looked at, and what it was elsewhere in this request is forgotten.</summary>
    private async Task CloseAsync()
    {
        var former = Context.Features.Get<TokenFeature>();
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

        Context.Features.Set(new TokenFeature { Outcome = TokenOutcome.NotOpen, Scheme = scheme });
    }

    /// <summary>Says what became of the token at an open endpoint, in the place of what was said at a closed one before.</summary>
    private void Publish()
    {
        if (_judged is not null || Context.Features.Get<TokenFeature>()?.Scheme == Scheme.Name)
        {
            Context.Features.Set(_judged);
        }
    }
}
