using Microsoft.Extensions.Logging;

namespace Pat;

/// <summary>What Pat.Core logs. Event ids: 200 manager, 300 store and verification, 400 background work. Never a token, only its id.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Token {TokenId} of {OwnerId} created.")]
    public static partial void TokenCreated(ILogger logger, string tokenId, string ownerId);

    [LoggerMessage(201, LogLevel.Information, "Token {TokenId} of {OwnerId} edited.")]
    public static partial void TokenEdited(ILogger logger, string tokenId, string ownerId);

    [LoggerMessage(202, LogLevel.Information, "Token {TokenId} of {OwnerId} rotated.")]
    public static partial void TokenRotated(ILogger logger, string tokenId, string ownerId);

    [LoggerMessage(203, LogLevel.Information, "Token {TokenId} of {OwnerId} revoked.")]
    public static partial void TokenRevoked(ILogger logger, string tokenId, string ownerId);

    [LoggerMessage(204, LogLevel.Information, "{Count} tokens of {OwnerId} revoked together.")]
    public static partial void TokensRevoked(ILogger logger, int count, string ownerId);

    [LoggerMessage(300, LogLevel.Error, "Tokens can't be judged: the store does not answer, or lacks its tables (add a migration and apply it).")]
    public static partial void StoreUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(301, LogLevel.Error, "The tokens of {Count} owners can't be judged: those can't be read.")]
    public static partial void OwnersUnavailable(ILogger logger, int count, Exception exception);

    [LoggerMessage(302, LogLevel.Error,
        "Token {TokenId} can't be judged: its hash names a pepper key that is not among Hashing.Peppers. Add the key again; it may go when no hash names it.")]
    public static partial void UnknownPepperKey(ILogger logger, string tokenId);

    [LoggerMessage(303, LogLevel.Error,
        "Token {TokenId} is refused: what is stored as its hash is not one, or asks for more memory than Hashing.MaxStoredMemoryKib allows. The row was damaged, or written by something else: revoke the token; or hashed with a greater Hashing.MemoryKib than today's: set Hashing.MaxStoredMemoryKib to that.")]
    public static partial void UnreadableHash(ILogger logger, string tokenId);

    [LoggerMessage(304, LogLevel.Warning, "The hash of token {TokenId} could not be brought up to date; its first use in another process tries again.")]
    public static partial void RehashFailed(ILogger logger, string tokenId, Exception exception);

    [LoggerMessage(305, LogLevel.Warning,
        "Token {TokenId} can't be judged: too many secrets are being hashed. Hashing.Algorithm = Sha256 makes first uses cheap; a node more shares them.")]
    public static partial void NoRoomToHash(ILogger logger, string tokenId);

    [LoggerMessage(306, LogLevel.Error, "{Count} tokens could not be read again ahead of time; requests read them when they are too old.")]
    public static partial void RefreshFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(307, LogLevel.Error,
        "{Count} tokens can't be judged: their rows can't be read, that of {TokenId} for one. They were damaged, or written by something else: mend or remove them.")]
    public static partial void UnreadableRows(ILogger logger, int count, string tokenId, Exception exception);

    [LoggerMessage(308, LogLevel.Warning, "{Count} more tokens could not be judged than are told of in a second.")]
    public static partial void FaultsOmitted(ILogger logger, int count);

    [LoggerMessage(312, LogLevel.Warning,
        "The token store does not answer, or lacks its tables; the exception says which. Look at its connection string, or add a migration and apply it (dotnet ef database update), or make the tables before the application starts.")]
    public static partial void StoreNotReady(ILogger logger, Exception exception);

    [LoggerMessage(310, LogLevel.Error,
        "The token store does not answer, or lacks its tables (add a migration and apply it). What is in memory serves within MaxStaleness, everything else is answered 503; the store is tried every second.")]
    public static partial void StoreLost(ILogger logger, Exception exception);

    [LoggerMessage(311, LogLevel.Information, "The token store answers again.")]
    public static partial void StoreFound(ILogger logger);

    [LoggerMessage(400, LogLevel.Error, "A batch of the clean-up failed; the next clean-up tries again.")]
    public static partial void CleanupFailed(ILogger logger, Exception exception);

    [LoggerMessage(401, LogLevel.Information, "Clean-up removed {Count} tokens.")]
    public static partial void CleanedUp(ILogger logger, int count);

    [LoggerMessage(402, LogLevel.Warning,
        "This node does not clean up: its clock is {Skew} off the database's, which is more than MaxClockSkew. Synchronise the clock.")]
    public static partial void ClockSkewed(ILogger logger, TimeSpan skew);

    [LoggerMessage(410, LogLevel.Warning, "{Count} last uses could not be written; they are tried again.")]
    public static partial void UsageFlushFailed(ILogger logger, int count, Exception exception);

    [LoggerMessage(411, LogLevel.Warning, "{Count} last uses were lost at shutdown: the store did not take them in time.")]
    public static partial void UsageLost(ILogger logger, int count);

    [LoggerMessage(412, LogLevel.Warning,
        "{Count} last uses were dropped, the oldest ones: the store does not take them as fast as tokens are used, and no more than 100,000 are kept.")]
    public static partial void UsageDropped(ILogger logger, int count);

    [LoggerMessage(420, LogLevel.Information, "The change feed is up: changes on other nodes count here at once.")]
    public static partial void FeedUp(ILogger logger);

    [LoggerMessage(421, LogLevel.Warning,
        "The change feed was lost; nothing sent after {HeardUntil:O} is sure to have arrived. Changes on other nodes count here within MaxStaleness until it is up again.")]
    public static partial void FeedLost(ILogger logger, DateTimeOffset heardUntil, Exception exception);

    [LoggerMessage(422, LogLevel.Warning,
        "The change feed can't be connected, or nothing is heard by it; it is tried again. Behind PgBouncer in transaction mode it needs a connection of its own to PostgreSQL.")]
    public static partial void FeedNotConnected(ILogger logger, Exception exception);

    [LoggerMessage(423, LogLevel.Warning,
        "The change feed is slow: a heartbeat was not heard within {Limit}. Nothing sent after {HeardUntil:O} is sure to have arrived yet.")]
    public static partial void FeedLate(ILogger logger, TimeSpan limit, DateTimeOffset heardUntil);

    [LoggerMessage(424, LogLevel.Warning, "A change could not be told to the other nodes; they are told when that works again, and learn of it within MaxStaleness in any case.")]
    public static partial void NoticeNotSent(ILogger logger, Exception exception);

    [LoggerMessage(425, LogLevel.Warning,
        "{Count} notices of the change feed, since this was last said, can't be read: a newer version runs beside this one, or something else writes to its channel. Everything is read again.")]
    public static partial void UnreadableNotices(ILogger logger, int count);
}
