using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore;

/// <summary>What Pat.AspNetCore logs. Event ids: 100 handler, 500 endpoints. Never a token, only its id.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Information, "Token {TokenId} was refused: {Refusal}.")]
    public static partial void TokenRefused(ILogger logger, string tokenId, PersonalAccessTokenRefusal refusal);

    [LoggerMessage(101, LogLevel.Information,
        "{Endpoint} got a personal access token and does not accept them. If it should, state what a token needs there: RequireScope(\"...\"), RequireScopeByMethod() or AllowAnyToken().")]
    public static partial void EndpointClosed(ILogger logger, string endpoint);

    [LoggerMessage(500, LogLevel.Error, "The management API can't answer: the token store does not.")]
    public static partial void ManagementUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(501, LogLevel.Warning, "A request to manage tokens came from another site ({Origin}) and was refused.")]
    public static partial void ForeignOrigin(ILogger logger, string origin);
}
