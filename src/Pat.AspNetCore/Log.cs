using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore;

/// <summary>What Pat.AspNetCore logs. Event ids: 100 handler, 500 endpoints. Never a token, only its id.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Token {TokenId} was refused: {Refusal}. It came to {Endpoint} from {Address}.")]
    public static partial void TokenRefused(ILogger logger, string tokenId, PersonalAccessTokenRefusal refusal, string endpoint, string address);

    [LoggerMessage(101, LogLevel.Information,
        "{Endpoint} got a personal access token from {Address} and does not accept them. {Advice}")]
    public static partial void EndpointClosed(ILogger logger, string endpoint, string address, string advice);

    [LoggerMessage(102, LogLevel.Information, "{Length} characters that begin with a token's prefix were refused: they are no token. They came to {Endpoint} from {Address}.")]
    public static partial void MalformedTokenRefused(ILogger logger, int length, string endpoint, string address);

    [LoggerMessage(103, LogLevel.Warning,
        "{Address} has presented {Count} tokens within a minute that were refused, and is answered 429 until the minute is over, but for tokens that are proven here.")]
    public static partial void AddressLimited(ILogger logger, string address, int count);

    [LoggerMessage(104, LogLevel.Information, "Token {TokenId} was accepted, for the first time on this node. It came from {Address}.")]
    public static partial void TokenProven(ILogger logger, string tokenId, string address);

    [LoggerMessage(105, LogLevel.Information, "A token was refused: it came together with other credentials, from {Address}.")]
    public static partial void AmbiguousTokenRefused(ILogger logger, string address);

    [LoggerMessage(106, LogLevel.Information, "Token {TokenId} lacks {Scopes} for {Endpoint}. It came from {Address}.")]
    public static partial void ScopesMissing(ILogger logger, string tokenId, string scopes, string endpoint, string address);

    [LoggerMessage(107, LogLevel.Warning,
        "{Count} more refusals of tokens were not written to the log, too many in a second; the metrics pat.verification.rejected (401) and pat.requests.refused (403, 400) have them all.")]
    public static partial void RefusalsOmitted(ILogger logger, int count);

    [LoggerMessage(108, LogLevel.Information, "An open connection from {Address} was told that token {TokenId} is no longer usable: {Refusal}.")]
    public static partial void ConnectionEnded(ILogger logger, string address, string tokenId, PersonalAccessTokenRefusal refusal);

    [LoggerMessage(109, LogLevel.Warning, "An open connection from {Address} was told that token {TokenId} is no longer usable: it could not be judged again within MaxStaleness.")]
    public static partial void ConnectionNotJudged(ILogger logger, string address, string tokenId);

    [LoggerMessage(110, LogLevel.Error, "What an application does when token {TokenId} is no longer usable on an open connection failed.")]
    public static partial void ConnectionEndFailed(ILogger logger, string tokenId, Exception exception);

    [LoggerMessage(111, LogLevel.Error, "Token {TokenId} of an open connection could not be judged again; the next round tries it.")]
    public static partial void ConnectionJudgementFailed(ILogger logger, string tokenId, Exception exception);

    [LoggerMessage(112, LogLevel.Information,
        "A request to {Endpoint} from {Address} has something like a token in {Header}, where none is read. Send it as it is in one header: Authorization: Bearer TOKEN.")]
    public static partial void TokenMisplaced(ILogger logger, string endpoint, string address, string header);

    [LoggerMessage(510, LogLevel.Information, "{Endpoint} takes personal access tokens: {Methods} with {Scopes}.")]
    public static partial void EndpointOpen(ILogger logger, string endpoint, string methods, string scopes);

    [LoggerMessage(511, LogLevel.Warning,
        "AllowAnonymous opens to everybody what asks tokens for a scope: {Endpoints}. Take AllowAnonymous off the endpoint or the group around it, or take the scope off where everybody is meant.")]
    public static partial void ScopesSwitchedOff(ILogger logger, string endpoints);

    [LoggerMessage(512, LogLevel.Warning,
        "Nobody can sign in here to manage tokens: the application has no authentication scheme but those of tokens, so that the management API and the settings page answer everybody 401. Add the one that your users sign in by: builder.Services.AddAuthentication().AddCookie(), AddJwtBearer(), AddIdentity<YourUser, YourRole>().")]
    public static partial void NobodySignsIn(ILogger logger);

    [LoggerMessage(513, LogLevel.Information,
        "There is no owner source: tokens work whatever became of their users, and have no roles. Add one, AddIdentityOwners<YourUser, YourDbContext>() or AddOwnerSource<T>(); or call PersonalAccessTokenManager.RevokeAllAsync wherever a user is locked or deleted.")]
    public static partial void NoOwnerSource(ILogger logger);

    [LoggerMessage(500, LogLevel.Error, "The management API can't answer: the token store or the source of owners does not, or tables are missing (add a migration and apply it).")]
    public static partial void ManagementUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(502, LogLevel.Warning,
        "A signed-in user could not manage tokens: the session has no claim {ClaimType}, or its value can't be an owner's id. Name the claim that holds the user's id: Configure<PersonalAccessTokenAuthenticationOptions>(PersonalAccessTokenDefaults.AuthenticationScheme, o => o.OwnerIdClaimType = \"...\").")]
    public static partial void NoOwnerId(ILogger logger, string claimType);

    [LoggerMessage(503, LogLevel.Warning,
        "Token {TokenId} was asked to rotate itself by a secret from before its last rotation, and refused. Whoever sent it may have stolen that; if not, a client did not take over the present secret.")]
    public static partial void RotationByPreviousSecret(ILogger logger, string tokenId);

    [LoggerMessage(504, LogLevel.Information, "{Actor} asked to manage tokens by {Endpoint} from {Address}, and was answered {Status}.")]
    public static partial void ManagementAnswered(ILogger logger, string actor, string endpoint, string address, int status);

    [LoggerMessage(505, LogLevel.Warning, "The management API asked to come back: {Reason}")]
    public static partial void ManagementFull(ILogger logger, string reason);

    [LoggerMessage(501, LogLevel.Warning, "A request to manage tokens came from a page of {Origin}, by {Address}, and was refused. If that is yours, add it: Configure<PersonalAccessTokenManagementOptions>(o => o.AllowedOrigins.Add(\"https://...\")).")]
    public static partial void ForeignOrigin(ILogger logger, string origin, string address);
}
