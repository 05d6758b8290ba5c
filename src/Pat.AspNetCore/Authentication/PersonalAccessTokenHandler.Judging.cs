using Microsoft.AspNetCore.Authentication;

namespace Pat.AspNetCore;

/// <content>Judging the token of a request, with the application's events where it has any.</content>
internal sealed partial class PersonalAccessTokenHandler
{
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Events.TakesPart)
        {
            return ReceiveAsync();
        }

        var carried = schemes.Read(Context);
        if (carried.Scheme != Scheme.Name)
        {
            return NoResult;
        }

        if (carried.IsAmbiguous)
        {
            _judged = judge.NoteAmbiguous(Scheme.Name, Context);
            return Ambiguous;
        }

        var started = judge.Start();
        var isDecided = judge.TryVerify(carried.Value, out var verdict);
        if (isDecided && verdict.Refusal == PersonalAccessTokenRefusal.None)
        {
            judge.Note(verdict, carried.Value.Length, started, Context);
            return Task.FromResult(Accept(verdict));
        }

        if (judge.FindLimit(carried.Value, Scheme.Name, Context) is { } limited)
        {
            _judged = limited;
            return Limited;
        }

        if (!isDecided)
        {
            return ReadAndConcludeAsync(carried.Value.ToString(), started);
        }

        judge.Note(verdict, carried.Value.Length, started, Context);
        return Refuse(verdict);
    }

    private async Task<AuthenticateResult> ReadAndConcludeAsync(string value, long started)
    {
        TokenVerdict verdict;
        try
        {
            verdict = await judge.VerifyAsync(value, started, Context);
        }
        catch (PersonalAccessTokenUnavailableException)
        {
            _judged = judge.FeatureOf(TokenOutcome.Unavailable, Scheme.Name);
            return await Unavailable;
        }

        return verdict.Refusal == PersonalAccessTokenRefusal.None ? Accept(verdict) : await Refuse(verdict);
    }

    private AuthenticateResult Accept(in TokenVerdict verdict)
    {
        var accepted = AcceptedToken.Of(verdict, Scheme.Name, Options);
        _judged = accepted;
        judge.NoteUse(verdict, Context);
        return AuthenticateResult.Success(
            new AuthenticationTicket(accepted.CreatePrincipal(), accepted.CreateProperties(), Scheme.Name));
    }

    private Task<AuthenticateResult> Refuse(in TokenVerdict verdict)
    {
        _judged = FeatureOf(verdict);
        return Refused;
    }

    private TokenFeature FeatureOf(in TokenVerdict refused) => TokenAnswer.Detail(refused) is { } detail
        ? new TokenFeature { Outcome = TokenOutcome.Refused, Scheme = Scheme.Name, Detail = detail }
        : judge.FeatureOf(TokenOutcome.Refused, Scheme.Name);

    /// <summary>Judges with the application taking part.</summary>
    private async Task<AuthenticateResult> ReceiveAsync()
    {
        var received = new PersonalAccessTokenMessageReceivedContext(Context, Scheme, Options);
        await Events.MessageReceived(received);
        if (received.Result is { } result)
        {
            // Refused by the application: as with a token that is not good, no other credential takes its place.
            _judged = result.Failure is null ? null : judge.FeatureOf(TokenOutcome.Refused, Scheme.Name);
            return Overrule(result);
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
                _judged = judge.NoteAmbiguous(Scheme.Name, Context);
                return await Ambiguous;
            }

            value = carried.Value.ToString();
        }

        return await JudgeWithEventsAsync(value);
    }

    private async Task<AuthenticateResult> JudgeWithEventsAsync(string value)
    {
        var started = judge.Start();
        var isDecided = judge.TryVerify(value, out var verdict);
        if ((!isDecided || verdict.Refusal != PersonalAccessTokenRefusal.None)
            && judge.FindLimit(value, Scheme.Name, Context) is { } limited)
        {
            return await FailAsync(limited, new PersonalAccessTokenFailedContext(Context, Scheme, Options) { IsLimited = true }, await Limited);
        }

        try
        {
            if (isDecided)
            {
                judge.Note(verdict, value.Length, started, Context);
            }
            else
            {
                verdict = await judge.VerifyAsync(value, started, Context);
            }
        }
        catch (PersonalAccessTokenUnavailableException exception)
        {
            return await FailAsync(
                judge.FeatureOf(TokenOutcome.Unavailable, Scheme.Name),
                new PersonalAccessTokenFailedContext(Context, Scheme, Options) { Exception = exception },
                await Unavailable);
        }

        return verdict.Refusal == PersonalAccessTokenRefusal.None
            ? await AcceptWithEventsAsync(verdict)
            : await FailAsync(
                FeatureOf(verdict),
                new PersonalAccessTokenFailedContext(Context, Scheme, Options) { TokenId = verdict.Id, Refusal = verdict.Refusal },
                await Refused);
    }

    private async Task<AuthenticateResult> AcceptWithEventsAsync(TokenVerdict verdict)
    {
        var accepted = AcceptedToken.Of(verdict, Scheme.Name, Options);
        var state = verdict.State!;
        var validated = new PersonalAccessTokenValidatedContext(Context, Scheme, Options, state.ToToken(), state.Owner?.Copy())
        {
            Principal = accepted.CreatePrincipal(),
            Properties = accepted.CreateProperties(),
        };
        await Events.TokenValidated(validated);
        if (validated.Result is { Succeeded: false } overruled)
        {
            // A token was presented, so the request stays that token's: no other credential takes its place.
            _judged = judge.FeatureOf(TokenOutcome.Refused, Scheme.Name);
            return overruled;
        }

        _judged = accepted;
        judge.NoteUse(verdict, Context);
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

        _judged = failed.Result.Succeeded ? null : feature;
        return Overrule(failed.Result);
    }

    /// <summary>The application judged instead: what it accepted is a principal of its own, limited by its claims.</summary>
    private AuthenticateResult Overrule(AuthenticateResult result)
    {
        if (result.Succeeded)
        {
            Context.Features.Set(ApplicationJudgement.Accepted);
        }

        return result;
    }
}
