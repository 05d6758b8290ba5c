using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.OpenApi;

/// <summary>What Pat.AspNetCore.OpenApi logs. Event ids: 550 documents.</summary>
internal static partial class Log
{
    [LoggerMessage(550, LogLevel.Warning,
        "The OpenAPI document does not say whether {Endpoint} takes personal access tokens: its authorization policy can't be found. Register the policy, or correct its name.")]
    public static partial void PolicyNotFound(ILogger logger, string? endpoint, Exception exception);
}
