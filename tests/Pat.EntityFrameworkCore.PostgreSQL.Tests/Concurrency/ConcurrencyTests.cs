using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>Many present tokens for 20 seconds while others revoke, edit, rotate, use and remove them.</summary>
public sealed class ConcurrencyTests(PostgresServer server, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Presenters = 64;
    private const int Changers = 4;
    private const int Tokens = 40;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<int, ContendedToken> _tokens = new();
    private readonly ConcurrentBag<ContendedToken> _replaced = [];
    private TestDatabase _database = null!;
    private ServiceProvider _services = null!;
    private int _owners;
    private long _accepted;
    private long _refused;
    private long _unavailable;

    private PersonalAccessTokenManager Manager => _services.GetRequiredService<PersonalAccessTokenManager>();

    private IPersonalAccessTokenStore Store => _services.GetRequiredService<IPersonalAccessTokenStore>();

    private IEnumerable<ContendedToken> All => _tokens.Values.Concat(_replaced);

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _services = await StoreServices.CreateAsync<PersonalAccessTokenDbContext>(
            services => services
                .AddPooledDbContextFactory<PersonalAccessTokenDbContext>(_database.Configure)
                .Configure<PersonalAccessTokenOptions>(options =>
                {
                    options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
                    options.MaxSecretsPerOwnerPerDay = 1_000_000;
                    options.MaxStaleness = TimeSpan.FromSeconds(1);
                }),
            builder => builder.UsePostgreSql());
        for (var slot = 0; slot < Tokens; slot++)
        {
            _tokens[slot] = await CreateAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_that_was_acknowledged_is_undone_or_overlooked_and_nobody_waits_in_a_circle()
    {
        var hosted = _services.GetServices<IHostedService>().ToList();
        foreach (var service in hosted)
        {
            await service.StartAsync(default);
        }

        using var end = new CancellationTokenSource(Duration);
        await Task.WhenAll(
        [
            .. Repeat(Presenters, (random, _) => PresentAsync(random), end.Token),
            .. Repeat(Changers, (random, _) => Any(random).EditAsync($"name {random.Next()}"), end.Token),
            .. Repeat(Changers, RotateAsync, end.Token),
            .. Repeat(1, (random, _) => RevokeAsync(random), end.Token),
            .. Repeat(2, (random, _) => UseAsync(random), end.Token),
            .. Repeat(2, (_, _) => CleanAsync(), end.Token),
        ]);
        foreach (var service in hosted)
        {
            await service.StopAsync(default);
        }

        output.WriteLine($"{_accepted} accepted, {_refused} refused, {_unavailable} not judged, {_replaced.Count} revoked, {All.Sum(token => token.Versions.Count)} versions");
        Assert.True(_accepted > 1_000 && !_replaced.IsEmpty);
        await AssertNothingLostAsync();
        Assert.Equal(0, await CountDeadlocksAsync());
    }

    [Fact]
    public async Task A_deadlock_is_counted()
    {
        await using (var first = new NpgsqlConnection(_database.ConnectionString))
        await using (var second = new NpgsqlConnection(_database.ConnectionString))
        {
            await first.OpenAsync();
            await second.OpenAsync();
            await using var firstTransaction = await first.BeginTransactionAsync();
            await using var secondTransaction = await second.BeginTransactionAsync();
            await LockAsync(first, 1);
            await LockAsync(second, 2);
            var victim = await Assert.ThrowsAsync<PostgresException>(() => Task.WhenAll(LockAsync(first, 2), LockAsync(second, 1)));
            Assert.Equal(PostgresErrorCodes.DeadlockDetected, victim.SqlState);
        }

        Assert.Equal(1, await CountDeadlocksAsync());
    }

    private async Task PresentAsync(Random random)
    {
        try
        {
            // A revoked one too now and then.
            var token = random.Next(4) == 0 && _replaced.TryPeek(out var revoked) ? revoked : Any(random);
            Interlocked.Increment(ref await token.PresentAsync() ? ref _accepted : ref _refused);
        }
        catch (PersonalAccessTokenUnavailableException exception) when (exception.InnerException is null or TimeoutException)
        {
            // The machine is too slow for so many, which is not what this is about.
            Interlocked.Increment(ref _unavailable);
        }
    }

    /// <summary>Each rotates tokens of its own.</summary>
    private Task RotateAsync(Random random, int changer) =>
        _tokens[changer + (Changers * random.Next(Tokens / Changers))].RotateAsync();

    private async Task RevokeAsync(Random random)
    {
        var slot = random.Next(Tokens);
        var token = _tokens[slot];
        await token.RevokeAsync(withAll: random.Next(2) == 0);
        _tokens[slot] = await CreateAsync();
        _replaced.Add(token);
        await Task.Delay(10);
    }

    /// <summary>Notes uses in the random order in which requests come.</summary>
    private async Task UseAsync(Random random)
    {
        var uses = Enumerable.Range(0, Tokens).Select(_ => Any(random).Id).Distinct()
            .Select(id => new PersonalAccessTokenUse(id, TimeProvider.System.GetUtcNow(), "192.0.2.0/24"));
        await Store.RecordUseAsync([.. uses], TimeSpan.Zero, default);
    }

    private async Task CleanAsync()
    {
        var at = new PersonalAccessTokenUsability(TimeProvider.System.GetUtcNow(), TimeSpan.FromDays(365));
        string? position = null;
        do
        {
            var batch = await Store.RemoveAsync(new(at, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)), 5, position, default);
            position = batch.Position;
        }
        while (position is not null);
        await Task.Delay(10);
    }

    /// <summary>Every change that was acknowledged is a version of the row, and the last name that was given is its name.</summary>
    private async Task AssertNothingLostAsync()
    {
        await using var context = await _services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        var rows = await context.Set<PersonalAccessToken>().AsNoTracking().ToDictionaryAsync(row => row.Id);
        foreach (var token in All)
        {
            if (!rows.TryGetValue(token.Id, out var row))
            {
                Assert.True(token.IsRevoked, "Clean-up removed a good token.");
                continue;
            }

            var revocations = token.IsRevoked ? 1 : 0;
            Assert.Equal(token.IsRevoked, row.RevokedAt is not null);
            Assert.Equal(token.Versions.Count + revocations, row.Version);
            Assert.Equal(Enumerable.Range(1, token.Versions.Count).Select(version => (long)version), token.Versions.Keys.Order());
            Assert.Equal(token.Versions.OrderBy(version => version.Key).Last(version => version.Value != ContendedToken.Rotated).Value, row.Name);
        }
    }

    /// <summary>Backends tell of theirs a while later, but before they end: so all of them end first.</summary>
    private async Task<long> CountDeadlocksAsync()
    {
        await using (var pooled = new NpgsqlConnection(_database.ConnectionString))
        {
            NpgsqlConnection.ClearPool(pooled);
        }

        await using var connection = new NpgsqlConnection($"{_database.ConnectionString};Pooling=false");
        await connection.OpenAsync();
        await Eventually.TrueAsync(async () => await ReadNumberAsync(
            connection,
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()") == 0);
        return await ReadNumberAsync(connection, "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    private static async Task LockAsync(NpgsqlConnection connection, int key)
    {
        await using var command = new NpgsqlCommand($"SELECT pg_advisory_xact_lock({key})", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ReadNumberAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private ContendedToken Any(Random random) => _tokens[random.Next(Tokens)];

    private async Task<ContendedToken> CreateAsync()
    {
        var owner = $"owner {Interlocked.Increment(ref _owners)}";
        var result = await Manager.CreateAsync(new()
        {
            OwnerId = owner, Name = "created", Scopes = ["read"], ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        return new ContendedToken(Manager, owner, result.Token!.Id, result.Value!);
    }

    private static IEnumerable<Task> Repeat(int workers, Func<Random, int, Task> act, CancellationToken end) =>
        Enumerable.Range(0, workers).Select(worker => Task.Run(
            async () =>
            {
                var random = new Random(worker);
                while (!end.IsCancellationRequested)
                {
                    await act(random, worker);
                    await Task.Yield();
                }
            },
            CancellationToken.None));
}
