using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>A write that PostgreSQL was sent is done, counts and is told, though whoever asked for it leaves in the middle of it.</summary>
public sealed class LeavingCallerTests(PostgresServer server) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private FeedNode _node = null!;
    private FeedNode _other = null!;

    public async ValueTask InitializeAsync()
    {
        // Whoever holds the rows does it for as long as a slow machine needs.
        static void AddFeed(PersonalAccessTokenBuilder tokens) => tokens.UsePostgreSql().Services
            .Configure<PersonalAccessTokenOptions>(options => options.StoreTimeout = TimeSpan.FromSeconds(30));

        _database = await server.CreateDatabaseAsync();
        _node = await FeedNode.StartAsync(_database.Configure, AddFeed);
        _other = await FeedNode.StartAsync(_database.Configure, AddFeed);
        await _node.UpAsync();
        await _other.UpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task A_revocation_is_done_and_told()
    {
        var (token, value) = await _node.IssueWarmAsync(_other);

        await LeaveDuringAsync(caller => _node.Manager.RevokeAsync("alice", token.Id, null, caller));

        await AssertRefusedAsync(value, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task A_revocation_of_all_tokens_is_done_and_told()
    {
        var (_, value) = await _node.IssueWarmAsync(_other);

        await LeaveDuringAsync(caller => _node.Manager.RevokeAllAsync("alice", null, null, caller));

        await AssertRefusedAsync(value, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task An_edit_is_done_and_told()
    {
        var (token, value) = await _node.IssueWarmAsync(_other);

        await LeaveDuringAsync(caller => _node.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read"] }, caller));

        Assert.Equal(["read"], (await _node.Manager.VerifyAsync(value)).Token!.Scopes);
        await Eventually.TrueAsync(async () => (await _other.Manager.VerifyAsync(value)).Token!.Scopes is ["read"]);
    }

    [Fact]
    public async Task A_rotation_is_done_and_told()
    {
        var (token, value) = await _node.IssueWarmAsync(_other);

        await LeaveDuringAsync(caller => _node.Manager.RotateAsync("alice", token.Id, new(), caller));

        await AssertRefusedAsync(value, PersonalAccessTokenRefusal.WrongSecret);
    }

    [Fact]
    public async Task A_creation_is_done()
    {
        await _node.IssueWarmAsync(_other);
        PersonalAccessTokenResult? created = null;

        await LeaveDuringAsync(async caller => created = await _node.Manager.CreateAsync(
            new() { OwnerId = "alice", Name = "late", Scopes = ["read"], ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }, caller));

        Assert.Equal(PersonalAccessTokenRefusal.None, await _other.RefusalOfAsync(created!.Value!));
    }

    /// <summary>Leaves while the write waits in PostgreSQL for rows that someone else holds.</summary>
    private async Task LeaveDuringAsync(Func<CancellationToken, Task> write)
    {
        await using var holder = new NpgsqlConnection(_database.ConnectionString);
        await holder.OpenAsync();
        await using var holding = await holder.BeginTransactionAsync();
        await ExecuteAsync(holder, """SELECT FROM "PersonalAccessTokens" FOR UPDATE""");
        await ExecuteAsync(holder, """SELECT FROM "PersonalAccessTokenOwnerQuotas" FOR UPDATE""");
        using var caller = new CancellationTokenSource();

        var writing = write(caller.Token);
        await Eventually.TrueAsync(async () => await ExecuteAsync(
            holder, "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))") is > 0L);
        await caller.CancelAsync();
        await holding.RollbackAsync();

        await writing;
    }

    private async Task AssertRefusedAsync(string value, PersonalAccessTokenRefusal refusal)
    {
        Assert.Equal(refusal, await _node.RefusalOfAsync(value));
        await _other.RefusesAsync(value, refusal);
    }

    private static async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
