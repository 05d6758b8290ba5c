using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Pat.AspNetCore;

/// <summary>What a scheme answers to a request that was not let in: status and challenge of RFC 6750, section 3.</summary>
internal sealed class TokenAnswer(
    HttpContext context,
    AuthenticationScheme scheme,
    PersonalAccessTokenAuthenticationOptions options,
    PersonalAccessTokenEvents events,
    TokenAccess access,
    ILogger logger)
{
    private const string InvalidRequest = "invalid_request";
    private const string InvalidToken = "invalid_token";
    private const string InsufficientScope = "insufficient_scope";

    private const int MinRetrySeconds = 1;
    private const int MaxRetrySeconds = 5;

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

    /// <summary>Asks for a token, or says what is wrong with the one that came.</summary>
    public async Task ChallengeAsync(TokenFeature? feature, Exception? failure, AuthenticationProperties properties)
    {
        var (status, error, description) = Describe(feature);
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
            KeepAnswer(challenge.StatusCode, isOutage: feature.Outcome == TokenOutcome.Unavailable);
        }

        if (feature?.Outcome == TokenOutcome.Unavailable)
        {
            // Spread out, so that those who were turned away together do not come back together.
            context.Response.Headers.RetryAfter =
                Random.Shared.Next(MinRetrySeconds, MaxRetrySeconds + 1).ToString(CultureInfo.InvariantCulture);
            return;
        }

        if (feature?.Outcome == TokenOutcome.NotOpen)
        {
            // Not the path: that is the caller's, and could forge a line of the log.
            Log.EndpointClosed(logger, context.GetEndpoint()?.DisplayName ?? "A path without an endpoint");
        }

        AppendChallenge(challenge.Error, challenge.ErrorDescription, []);
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
            AppendChallenge(InsufficientScope, null, missing);
        }
    }

    private (int Status, string? Error, string? Description) Describe(TokenFeature? feature) => feature?.Outcome switch
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
        _ => (StatusCodes.Status401Unauthorized, null, null),
    };

    /// <summary>
    /// Schemes that the endpoint names beside ours answer too, some after it: what became of the token stays the answer,
    /// and an outage is not turned into a refusal.
    /// </summary>
    private void KeepAnswer(int status, bool isOutage) =>
        context.Response.OnStarting(() =>
        {
            context.Response.StatusCode = status;
            if (isOutage)
            {
                context.Response.Headers.WWWAuthenticate = default;
                context.Response.Headers.Location = default;
            }

            return Task.CompletedTask;
        });

    private void AppendChallenge(string? error, string? description, IReadOnlyList<string> missingScopes)
    {
        var challenge = new StringBuilder("Bearer");
        var separator = ' ';
        Add("realm", options.Realm);
        Add("error", error);
        Add("error_description", description);
        Add("scope", missingScopes.Count == 0 ? null : string.Join(' ', missingScopes));

        var value = challenge.ToString();
        var headers = context.Response.Headers;
        if (!headers.WWWAuthenticate.Contains(value))
        {
            headers.Append(HeaderNames.WWWAuthenticate, value);
        }

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
