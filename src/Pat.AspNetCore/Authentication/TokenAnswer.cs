using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Pat.AspNetCore;

/// <summary>What a scheme answers to a request that was not let in: status and challenge of RFC 6750, section 3.</summary>
internal sealed class TokenAnswer(
    HttpContext context,
    AuthenticationScheme scheme,
    PersonalAccessTokenAuthenticationOptions options,
    PersonalAccessTokenEvents events,
    TokenAccess access,
    SecurityLog log)
{
    private const string InvalidRequest = "invalid_request";
    private const string InvalidToken = "invalid_token";
    private const string InsufficientScope = "insufficient_scope";

    /// <summary>What the holder of a refused token's secret may be told about it, or null.</summary>
    public static string? Detail(in TokenVerdict verdict) =>
        !verdict.HoldsSecret ? null : verdict.Refusal switch
        {
            PersonalAccessTokenRefusal.Expired => "The access token expired.",
            PersonalAccessTokenRefusal.Revoked => "The access token was revoked.",
            PersonalAccessTokenRefusal.Inactive => "The access token was not used for too long.",
            PersonalAccessTokenRefusal.OwnerDisabled => "The owner of the access token may not act.",
            PersonalAccessTokenRefusal.OwnerStampChanged => "The access token ended when its owner's credentials changed.",
            _ => null,
        };

    /// <summary>Does what <see cref="ChallengeAsync"/> does where no event and no other scheme has a say.</summary>
    public static void Challenge(HttpContext context, PersonalAccessTokenAuthenticationOptions options, TokenFeature? feature)
    {
        var (status, error, description) = Describe(options, feature);
        context.Response.StatusCode = status;
        if (IsForLater(feature))
        {
            MarkForLater(context.Response, feature);
            return;
        }

        Append(
            context.Response,
            feature?.Detail is null
                ? options.Challenges.GetOrAdd(
                    feature?.Outcome ?? TokenOutcome.None,
                    static (_, given) => Write(given.Realm, given.Error, given.Description, []),
                    (options.Realm, Error: error, Description: description))
                : Write(options.Realm, error, description, []));
    }

    /// <summary>Asks for a token, or says what is wrong with the one that came.</summary>
    public async Task ChallengeAsync(TokenFeature? feature, Exception? failure, AuthenticationProperties properties)
    {
        var (status, error, description) = Describe(options, feature);
        var challenge = new PersonalAccessTokenChallengeContext(context, scheme, options, properties)
        {
            StatusCode = status,
            Error = error,
            ErrorDescription = description,
            AuthenticateFailure = failure,
        };
        await events.Challenge(challenge);
        if (challenge.Handled)
        {
            return;
        }

        context.Response.StatusCode = challenge.StatusCode;
        if (feature is not null && await access.NamesOtherSchemesAsync(context))
        {
            KeepAnswer(challenge.StatusCode, IsForLater(feature));
        }

        if (IsForLater(feature))
        {
            MarkForLater(context.Response, feature);
            return;
        }

        if (feature?.Outcome == TokenOutcome.NotOpen)
        {
            log.NotOpen(context);
        }

        Append(context.Response, Write(options.Realm, challenge.Error, challenge.ErrorDescription, []));
    }

    /// <summary>Says that an authenticated caller is not allowed to do what was asked.</summary>
    public async Task ForbidAsync(TokenFeature? feature, AuthenticationProperties properties)
    {
        var missing = feature is null ? [] : await access.FindMissingScopesAsync(context, feature.State?.Scopes ?? []);
        var forbidden = new PersonalAccessTokenForbiddenContext(context, scheme, options, properties) { MissingScopes = missing };
        await events.Forbidden(forbidden);
        if (forbidden.Handled)
        {
            return;
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        if (missing.Count > 0)
        {
            log.Forbidden(feature!.State!, missing, context);
            Append(context.Response, Write(options.Realm, InsufficientScope, null, missing));
        }
    }

    private static (int Status, string? Error, string? Description) Describe(
        PersonalAccessTokenAuthenticationOptions options, TokenFeature? feature) => feature?.Outcome switch
    {
        TokenOutcome.Refused => (
            StatusCodes.Status401Unauthorized,
            InvalidToken,
            options.IncludeErrorDetails && feature.Detail is { } detail
                ? detail
                : "The access token is malformed, unknown, expired or revoked."),
        TokenOutcome.Ambiguous => (
            StatusCodes.Status400BadRequest,
            InvalidRequest,
            "Send one access token in one Authorization header, and no other credentials there."),
        TokenOutcome.NotOpen => (
            StatusCodes.Status403Forbidden, InsufficientScope, "This endpoint does not accept personal access tokens."),
        TokenOutcome.Unavailable => (StatusCodes.Status503ServiceUnavailable, null, null),
        TokenOutcome.Limited => (StatusCodes.Status429TooManyRequests, null, null),
        _ => (StatusCodes.Status401Unauthorized, null, null),
    };

    /// <summary>
    /// Schemes that the endpoint names beside ours answer too, some after it: what became of the token stays the answer,
    /// and what is to be tried later is not turned into a refusal.
    /// </summary>
    private void KeepAnswer(int status, bool isForLater) =>
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = status;
            if (isForLater)
            {
                context.Response.Headers.WWWAuthenticate = default;
                context.Response.Headers.Location = default;
            }

            return Task.CompletedTask;
        });

    /// <summary>Whether nothing was said of the token: it is to be sent again.</summary>
    private static bool IsForLater([NotNullWhen(true)] TokenFeature? feature) =>
        feature?.Outcome is TokenOutcome.Unavailable or TokenOutcome.Limited;

    private static void MarkForLater(HttpResponse response, TokenFeature feature)
    {
        if (feature.Outcome == TokenOutcome.Limited)
        {
            RetryLater.Mark(response, feature.RetryAfter);
        }
        else
        {
            RetryLater.Mark(response);
        }
    }

    private static void Append(HttpResponse response, string challenge)
    {
        var present = response.Headers.WWWAuthenticate;
        if (present.Count == 0 || !present.Contains(challenge))
        {
            response.Headers.Append(HeaderNames.WWWAuthenticate, challenge);
        }
    }

    private static string Write(string? realm, string? error, string? description, IReadOnlyList<string> missingScopes)
    {
        var challenge = new StringBuilder("Bearer");
        var separator = ' ';
        Add("realm", realm);
        Add("error", error);
        Add("error_description", description);
        Add("scope", missingScopes.Count == 0 ? null : string.Join(' ', missingScopes));
        return challenge.ToString();

        void Add(string name, string? text)
        {
            if (text is null)
            {
                return;
            }

            challenge.Append(separator == ' ' ? " " : ", ").Append(name).Append("=\"").Append(Quoted(text)).Append('"');
            separator = ',';
        }
    }

    /// <summary>As a quoted-string of printable ASCII (RFC 9110, section 5.6.4): an event can say anything.</summary>
    private static string Quoted(string text) => string.Concat(text.Select(character => character switch
    {
        '"' or '\\' => $"\\{character}",
        < ' ' or > '~' => "?",
        _ => character.ToString(),
    }));
}
