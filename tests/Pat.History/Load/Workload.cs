using System.Diagnostics;
using Npgsql;

namespace Pat.History;

/// <summary>What clients do to a cluster: they present tokens without pause, and create, edit, rotate and revoke them; an administrator locks owners.</summary>
public sealed class Workload : IDisposable
{
    private const int Live = 60;
    private const int PresentersPerNode = 4;
    private const int Creators = 4;
    private const int TokensOfLockedOwners = 4;
    private const int WarmUpRounds = 30;

    private static readonly TimeSpan ShortLifetime = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan BetweenLocks = TimeSpan.FromSeconds(4);

    private readonly HistoryCluster _cluster;
    private readonly RunSettings _settings;
    private readonly RunHistory _history;
    private readonly TokenPool _pool;
    private readonly TokenPool _poolOfLocked;
    private readonly Presenter _presenter;
    private readonly TokenChanges _changes;

    public Workload(HistoryCluster cluster, RunSettings settings, RunHistory history)
    {
        (_cluster, _settings, _history) = (cluster, settings, history);

        // Longer than a node may go on by what it knew, and than it takes to connect its feed again.
        _pool = new TokenPool(history, settings.MaxStaleness + TimeSpan.FromSeconds(10));
        _poolOfLocked = new TokenPool(history, TimeSpan.Zero);
        _presenter = new Presenter(history);
        _changes = new TokenChanges(history);
    }

    /// <summary>Goes on until it is stopped, and until all that was sent then is answered.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var seed = _settings.Seed;
        foreach (var owner in _cluster.LockedOwners)
        {
            for (var count = 0; count < TokensOfLockedOwners; count++)
            {
                _poolOfLocked.Add(await _changes.CreateAsync(_cluster.Nodes[0], owner, lifetime: null)
                    ?? throw new InvalidOperationException("A token could not be created before anything was broken."));
            }
        }

        var perPresenter = (double)_settings.PresentationsPerSecond / _cluster.Nodes.Count / PresentersPerNode;
        List<Task> work = [LockAsync(new Random(seed++), stop)];
        foreach (var node in _cluster.Nodes)
        {
            work.Add(_presenter.PresentAllAsync(node, _poolOfLocked, perPresenter / 4, new Random(seed++), stop));
            work.AddRange(Enumerable.Range(0, PresentersPerNode).Select(
                _ => _presenter.PresentAllAsync(node, _pool, perPresenter, new Random(seed++), stop)));
        }

        work.AddRange(Enumerable.Range(0, Creators).Select(_ => EachSecondAsync(10, new Random(seed++), CreateAsync, stop)));
        work.AddRange(Enumerable.Range(0, _settings.RevocationsPerSecond).Select(_ => EachSecondAsync(1, new Random(seed++), RevokeAsync, stop)));
        work.Add(EachSecondAsync(2, new Random(seed++), EditAsync, stop));
        work.Add(EachSecondAsync(2, new Random(seed++), RotateAsync, stop));
        await Task.WhenAll(work);
    }

    /// <summary>Does everything on a node that has just started, one after the other, so that it is compiled when it is needed quickly.</summary>
    public async Task WarmUpAsync(ClusterNode node)
    {
        for (var round = 0; round < WarmUpRounds; round++)
        {
            if (await _changes.CreateAsync(node, _cluster.ChangingOwners[round % _cluster.ChangingOwners.Count], lifetime: null) is { } token)
            {
                await _presenter.PresentAsync(node, token, secret: 0);
                await _changes.EditAsync(node, token, mayWrite: false);
                await _changes.RotateAsync(node, token, overlapSeconds: 2);
                await _presenter.PresentAsync(node, token, secret: 0);
                await _changes.RevokeAsync(node, token);
            }
        }
    }

    /// <summary>Revokes any token on a node.</summary>
    public async Task RevokeOnAsync(ClusterNode node, Random random)
    {
        if (TakeAny(random) is { } token)
        {
            await _changes.RevokeAsync(node, token);
            _pool.End(token);
        }
    }

    public void Dispose() => _presenter.Dispose();

    /// <summary>Does something so many times a second, one after the other.</summary>
    private static async Task EachSecondAsync(int times, Random random, Func<Random, Task> work, CancellationToken stop)
    {
        var pace = TimeSpan.FromSeconds(1) / times;
        await Task.Delay(pace * random.NextDouble(), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stop.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            await work(random);
            var rest = pace - Stopwatch.GetElapsedTime(started);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task CreateAsync(Random random)
    {
        if (_pool.LiveCount >= Live)
        {
            return;
        }

        var owners = _cluster.ChangingOwners;
        TimeSpan? lifetime = random.Next(10) == 0 ? ShortLifetime : null;
        if (await _changes.CreateAsync(AnyNode(random), owners[random.Next(owners.Count)], lifetime) is { } token)
        {
            _pool.Add(token);
            if (lifetime is not null)
            {
                // Nothing ends it but its time.
                token.TryTake();
                _pool.End(token);
            }
        }
    }

    /// <summary>Revokes a token that all nodes have just let in, as far as they answer.</summary>
    private async Task RevokeAsync(Random random)
    {
        if (TakeAny(random) is not { } token)
        {
            return;
        }

        // Whoever does not answer by then did not let it in within the second that counts.
        var presentations = _cluster.Nodes.Select(node => _presenter.PresentAsync(node, token, token.Secrets.Count - 1));
        await Task.WhenAny(Task.WhenAll(presentations), Task.Delay(TimeSpan.FromSeconds(1)));
        await _changes.RevokeAsync(AnyNode(random), token);
        _pool.End(token);
    }

    private Task EditAsync(Random random) =>
        ChangeAsync(random, token => _changes.EditAsync(AnyNode(random), token, mayWrite: random.Next(2) == 0));

    private Task RotateAsync(Random random) =>
        ChangeAsync(random, token => _changes.RotateAsync(AnyNode(random), token, overlapSeconds: random.Next(2) * 2));

    private async Task ChangeAsync(Random random, Func<TokenInUse, Task<bool>> change)
    {
        if (TakeAny(random) is not { } token)
        {
            return;
        }

        if (!await change(token))
        {
            // Nobody knows what it is now.
            _pool.End(token);
        }

        token.GiveBack();
    }

    private async Task LockAsync(Random random, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var owner = _cluster.LockedOwners[random.Next(_cluster.LockedOwners.Count)];
            await SetLockAsync(OperationKind.Lock, owner, "'infinity'");
            await Task.Delay(_settings.MaxStaleness + BetweenLocks, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SetLockAsync(OperationKind.Unlock, owner, "NULL");
            await Task.Delay(BetweenLocks, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Past Pat, by the database, until it has succeeded.</summary>
    private async Task SetLockAsync(OperationKind kind, Owner owner, string end)
    {
        while (true)
        {
            var (start, status) = (_history.Now, 0);
            try
            {
                await _cluster.ExecuteAsync($"""UPDATE "AspNetUsers" SET "LockoutEnd" = {end} WHERE "Email" = '{owner.Email}'""");
                status = 200;
            }
            catch (NpgsqlException)
            {
                // PostgreSQL is being restarted.
            }

            _history.Operations.Enqueue(new Operation(kind, -1, start, _history.Now, owner.Email, status));
            if (status == 200)
            {
                return;
            }

            await Task.Delay(100);
        }
    }

    private TokenInUse? TakeAny(Random random) => _pool.TakeAny(random, static token => token.ExpiresAt is null);

    private ClusterNode AnyNode(Random random) => _cluster.Nodes[random.Next(_cluster.Nodes.Count)];
}
