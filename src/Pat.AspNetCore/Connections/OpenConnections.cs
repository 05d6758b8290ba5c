using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Judges the tokens of open connections again and again, and tells those whose token is no longer usable within
/// <see cref="PersonalAccessTokenOptions.MaxStaleness"/> of its end, a store that does not answer included.
/// </summary>
internal sealed class OpenConnections : BackgroundService
{
    /// <summary>How many are judged at once, so that requests find room in the same line to the store.</summary>
    private const int MaxAtOnce = 1_000;

    private static readonly TimeSpan LeastPeriod = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<OpenConnection, bool> _open = [];
    private readonly PersonalAccessTokenVerifier _verifier;
    private readonly PatMetrics _metrics;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger<OpenConnections> _logger;
    private readonly TimeSpan _period;

    public OpenConnections(
        PersonalAccessTokenVerifier verifier,
        PatMetrics metrics,
        TimeProvider timeProvider,
        IOptions<PersonalAccessTokenOptions> options,
        ILogger<OpenConnections> logger)
    {
        (_verifier, _metrics, _timeProvider, _logger) = (verifier, metrics, timeProvider, logger);
        MaxStaleness = options.Value.MaxStaleness;
        _period = MaxStaleness == TimeSpan.Zero ? TimeSpan.FromSeconds(1)
            : MaxStaleness / 8 is var part && part > LeastPeriod ? part : LeastPeriod;
        metrics.ObserveOpenConnections(() => Count);
    }

    /// <summary>How many are watched.</summary>
    public int Count => _open.Count;

    /// <summary>How old what is known may be when a connection's token is asked about.</summary>
    public TimeSpan MaxStaleness { get; }

    /// <summary>What is known may be this old in a round: it is judged once more before it is too old.</summary>
    private TimeSpan MaxAge => MaxStaleness * 3 / 4;

    /// <summary>A connection that is judged where it is asked about, and in every round once it is watched.</summary>
    public OpenConnection Open(TokenState accepted, bool isPrevious, string address) =>
        new(this, _verifier, _timeProvider, accepted, isPrevious, address);

    public void Watch(OpenConnection connection) => _open.TryAdd(connection, true);

    public void Forget(OpenConnection connection) => _open.TryRemove(connection, out _);

    /// <summary>Judges all once.</summary>
    public async Task JudgeAllAsync(CancellationToken cancellationToken)
    {
        foreach (var some in _open.Select(static open => open.Key).Chunk(MaxAtOnce))
        {
            await Task.WhenAll(some.Select(connection => JudgeAsync(connection, cancellationToken)));
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_period, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await JudgeAllAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server ends its connections itself.
        }
    }

    private async Task JudgeAsync(OpenConnection connection, CancellationToken stoppingToken)
    {
        PersonalAccessTokenRefusal? refusal = null;
        try
        {
            refusal = await FindRefusalAsync(connection, stoppingToken);
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            // An outage is in the log. Nothing else either may keep the other connections from being judged.
            if (exception is not (PersonalAccessTokenUnavailableException or OperationCanceledException))
            {
                Log.ConnectionJudgementFailed(_logger, PersonalAccessTokenFormat.FormatId(connection.TokenId), exception);
            }

            if (connection.Age < MaxStaleness)
            {
                return;
            }
        }

        if (refusal != PersonalAccessTokenRefusal.None)
        {
            await EndAsync(connection, refusal);
        }
    }

    /// <summary>Waits no longer than what is known of the token counts; where that is over, as after a pause of the machine, a round's time.</summary>
    private async ValueTask<PersonalAccessTokenRefusal> FindRefusalAsync(OpenConnection connection, CancellationToken stoppingToken)
    {
        if (connection.TryJudge(MaxAge, out var verdict))
        {
            return verdict.Refusal;
        }

        var left = MaxStaleness - connection.Age;
        using var limit = new CancellationTokenSource(left > TimeSpan.Zero ? left : _period, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        return (await connection.ReadAndJudgeAsync(either.Token)).Refusal;
    }

    private async Task EndAsync(OpenConnection connection, PersonalAccessTokenRefusal? refusal)
    {
        Forget(connection);
        var id = PersonalAccessTokenFormat.FormatId(connection.TokenId);
        try
        {
            try
            {
                Tell(id, connection.Address, refusal);
            }
            finally
            {
                // Whatever becomes of the telling.
                await connection.EndAsync();
            }
        }
        catch (Exception exception)
        {
            // The application's own code, which must not keep the others from being judged.
            Log.ConnectionEndFailed(_logger, id, exception);
        }
    }

    private void Tell(string id, string address, PersonalAccessTokenRefusal? refusal)
    {
        _metrics.ConnectionEnded(refusal);
        if (refusal is { } known)
        {
            Log.ConnectionEnded(_logger, address, id, known);
        }
        else
        {
            Log.ConnectionNotJudged(_logger, address, id);
        }
    }
}
