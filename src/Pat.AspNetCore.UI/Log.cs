using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.UI;

/// <summary>What Pat.AspNetCore.UI logs. Event ids: 520 and on. Never a token, only its id.</summary>
internal static partial class Log
{
    [LoggerMessage(520, LogLevel.Error, "The settings page can't answer: the token store does not, or lacks its tables (add a migration and apply it).")]
    public static partial void PageUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(521, LogLevel.Warning, "The settings page asked to come back: {Reason}")]
    public static partial void PageFull(ILogger logger, string reason);
}
