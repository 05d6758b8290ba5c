using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Pat.EntityFrameworkCore;

/// <summary>Tells changes by PostgreSQL's notifications, and hears them on a connection of its own.</summary>
internal sealed class PostgreSqlChangeFeed(
    ContextSource contexts, PersonalAccessTokenNode node, TimeProvider timeProvider, IOptions<PersonalAccessTokenPostgreSqlOptions> options)
    : IPersonalAccessTokenChangeFeed
{
    /// <summary>Calls the notification with the database's time, as the text of a notice begins.</summary>
    private const string Notify =
        "pg_notify(@channel, (extract(epoch from clock_timestamp()) * 1000000)::bigint || @notice)";

    /// <summary>In seconds: what a connection may take that was cut without a word, to be found out.</summary>
    private const int KeepAlive = 5;

    private readonly PersonalAccessTokenPostgreSqlOptions _options = options.Value;
    private bool _isBehind;

    public bool GoesWithWrites => true;

    public bool TakeUntold() => Interlocked.Exchange(ref _isBehind, false);

    public Task PublishAsync(PersonalAccessTokenNotice notice, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return contexts.ReadAsync(
            context => context.Database.ExecuteSqlRawAsync($"SELECT {Notify}", Parameters(notice), cancellationToken),
            cancellationToken);
    }

    public async Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        var connection = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PostgreSqlChangeSubscription.StartAsync(connection, _options.Channel, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// One statement of <paramref name="write"/>, which returns a row for each one it changed, and of the notice: no crash
    /// can come between them. It is told that something changed also where nothing was to be changed, for whoever changed
    /// it may not have got that far.
    /// </summary>
    public (string Sql, IEnumerable<NpgsqlParameter> Parameters) With(string write, PersonalAccessTokenChange change) =>
        ($"""
          WITH changed AS ({write})
          SELECT (SELECT count(*) FROM changed)::int AS "Value" FROM {Notify}
          """,
         Parameters(Notice(change)));

    /// <summary>Tells a change in the transaction that makes it.</summary>
    public Task NotifyAsync(DbContext context, PersonalAccessTokenChange change) =>
        context.Database.ExecuteSqlRawAsync($"SELECT {Notify}", Parameters(Notice(change)), CancellationToken.None);

    /// <summary>
    /// Whether a write failed since PostgreSQL's queue of notifications is full: someone listens in a transaction that does
    /// not end.
    /// </summary>
    public static bool IsFull(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.ProgramLimitExceeded }
        || (exception.InnerException is { } inner && IsFull(inner));

    /// <summary>Makes a change without its notice, and remembers that.</summary>
    public async Task<T> WithoutNoticeAsync<T>(Func<Task<T>> write)
    {
        try
        {
            return await write().ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _isBehind, true);
        }
    }

    private PersonalAccessTokenNotice Notice(PersonalAccessTokenChange change) =>
        PersonalAccessTokenNotice.OfChange(node, change, timeProvider.GetUtcNow());

    private NpgsqlParameter[] Parameters(PersonalAccessTokenNotice notice) =>
        [new("channel", _options.Channel), new("notice", notice.TextAfterTime)];

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = contexts.Inspect(context => Clone((NpgsqlConnection)context.Database.GetDbConnection()));
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// A clone, for the context's connection knows its password, which its connection string need not tell. Not pooled, so
    /// that nobody gets a connection that listens.
    /// </summary>
    private NpgsqlConnection Clone(NpgsqlConnection connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(_options.ListenConnectionString ?? connection.ConnectionString)
        {
            Pooling = false,
            Multiplexing = false,
            Enlist = false,
            MaxAutoPrepare = 0,
            KeepAlive = KeepAlive,
            Timeout = KeepAlive,
            CommandTimeout = KeepAlive,
        };
        return _options.ListenConnectionString is null
            ? connection.CloneWith(settings.ConnectionString)
            : new NpgsqlConnection(settings.ConnectionString);
    }
}
