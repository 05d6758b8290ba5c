using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>Rows 8 and 34 of the known failures, between two nodes on one PostgreSQL.</summary>
public sealed class ChangeFeedTests(PostgresServer server) : IAsyncLifetime
{
    private TestDatabase _database = null!;
    private FeedNode _first = null!;
    private FeedNode _second = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _first = await StartAsync();
        _second = await StartAsync();
        await _first.UpAsync();
        await _second.UpAsync();
    }

    [Fact]
    public async Task A_revocation_counts_on_the_other_node_at_once()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);

        await _first.Manager.RevokeAsync("alice", token.Id, "leaked");

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
        var stored = await _second.Manager.FindAsync(token.Id);
        Assert.Equal(("leaked", 2L), (stored!.RevokedReason, stored.Version));
        Assert.Equal(stored.RevokedAt, stored.UpdatedAt);
    }

    [Fact]
    public async Task The_end_of_all_tokens_of_an_owner_counts_on_the_other_node_at_once()
    {
        var (kept, keptValue) = await _first.IssueWarmAsync(_second);
        var (_, value) = await _first.IssueWarmAsync(_second);
        var (_, others) = await _first.IssueWarmAsync(_second, "bob");

        Assert.Equal(1, await _first.Manager.RevokeAllAsync("alice", kept.Id));

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
        Assert.True((await _second.Manager.VerifyAsync(keptValue)).Succeeded);
        Assert.True((await _second.Manager.VerifyAsync(others)).Succeeded);
    }

    [Fact]
    public async Task An_edit_counts_on_the_other_node_at_once()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);
        var expiresAt = token.ExpiresAt!.Value.AddHours(1);

        var edited = await _first.Manager.EditAsync(
            "alice", token.Id, new() { Name = "ré\"named", Scopes = ["read"], ExpiresAt = expiresAt });

        Assert.True(edited.Succeeded);
        await Eventually.TrueAsync(async () => (await _second.Manager.VerifyAsync(value)).Token!.Scopes is ["read"]);
        var stored = await _second.Manager.FindAsync(token.Id);
        Assert.Equal(("ré\"named", expiresAt, 2L), (stored!.Name, stored.ExpiresAt, stored.Version));
    }

    [Fact]
    public async Task A_rotation_counts_on_the_other_node_at_once()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);

        var rotated = await _first.Manager.RotateAsync("alice", token.Id, new());

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.WrongSecret);
        Assert.True((await _second.Manager.VerifyAsync(rotated.Value!)).Succeeded);
    }

    [Fact]
    public async Task What_an_owner_is_told_of_reaches_the_other_node_at_once()
    {
        var (_, value) = await _first.IssueWarmAsync(_second);
        var reads = Reads(_second);

        await _first.Manager.NotifyOwnerChangedAsync("alice");

        await Eventually.TrueAsync(async () => (await _second.Manager.VerifyAsync(value)).Succeeded && Reads(_second) > reads);
    }

    [Fact]
    public async Task A_change_made_while_nobody_listened_is_found_out_when_somebody_does_again()
    {
        await using var way = await StartBouncerAsync("session");
        await using var node = await StartAsync(options => options.ListenConnectionString = Through(way));
        await node.UpAsync();
        var (token, value) = await _first.IssueWarmAsync(node);
        await way.KillAsync();
        await Eventually.TrueAsync(() => !node.IsUp);
        await _first.Manager.RevokeAsync("alice", token.Id);
        Assert.True((await node.Manager.VerifyAsync(value)).Succeeded);

        await way.StartAgainAsync();

        await node.UpAsync();
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await node.RefusalOfAsync(value));
        Assert.Single(node.Logged(421));
    }

    [Fact]
    public async Task A_connection_that_is_ended_is_made_anew()
    {
        var (token, value) = await _first.IssueWarmAsync(_second);

        Assert.Equal(2, await EndListenersAsync());
        await Eventually.TrueAsync(() => _second.Logged(420).Count == 2 && _first.Logged(420).Count == 2);
        await _first.Manager.RevokeAsync("alice", token.Id);

        await _second.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task The_contexts_own_data_source_and_its_password_are_used()
    {
        await using var source = new NpgsqlDataSourceBuilder(_database.ConnectionString)
            .UsePeriodicPasswordProvider((_, _) => ValueTask.FromResult("secret"), TimeSpan.FromHours(1), TimeSpan.FromSeconds(1))
            .Build();
        await using var node = await FeedNode.StartAsync(options => options.UseNpgsql(source), tokens => tokens.UsePostgreSql());

        await node.UpAsync();
    }

    [Fact]
    public async Task Through_PgBouncer_in_transaction_mode_the_feed_is_deaf_and_says_so()
    {
        await using var bouncer = await StartBouncerAsync();
        await using var node = await FeedNode.StartAsync(options => options.UseNpgsql(Through(bouncer)), tokens => tokens.UsePostgreSql());
        var (token, value) = await _first.IssueWarmAsync(node);

        // Lost is said of one whose own heartbeat came through at first: then it takes another silence to be found deaf.
        await Eventually.TrueAsync(() => node.Logged(421).Count + node.Logged(422).Count > 0);
        await Eventually.TrueAsync(() => node.Logged(422).Count > 0);
        await _first.Manager.RevokeAsync("alice", token.Id);

        Assert.Contains("PgBouncer", node.Logged(422)[0].Message, StringComparison.Ordinal);
        Assert.False(node.IsUp);
        Assert.True((await node.Manager.VerifyAsync(value)).Succeeded);
    }

    [Fact]
    public async Task Behind_PgBouncer_a_connection_of_its_own_hears_everything()
    {
        await using var bouncer = await StartBouncerAsync();
        await using var node = await FeedNode.StartAsync(
            options => options.UseNpgsql(Through(bouncer)),
            tokens => tokens.UsePostgreSql(options => options.ListenConnectionString = _database.ConnectionString));
        await node.UpAsync();
        var (token, value) = await node.IssueWarmAsync(_first);
        var (other, otherValue) = await _first.IssueWarmAsync(node);

        await node.Manager.RevokeAsync("alice", token.Id);
        await _first.Manager.RevokeAsync("alice", other.Id);

        await _first.RefusesAsync(value, PersonalAccessTokenRefusal.Revoked);
        await node.RefusesAsync(otherValue, PersonalAccessTokenRefusal.Revoked);
    }

    [Fact]
    public async Task Applications_on_one_database_can_have_a_channel_each()
    {
        await using var other = await StartAsync(options => options.Channel = "other_application");
        await other.UpAsync();
        var (_, value) = await _first.IssueWarmAsync(other);
        var reads = Reads(other);

        await _first.Manager.NotifyOwnerChangedAsync("alice");
        await Eventually.TrueAsync(async () => (await _second.Manager.VerifyAsync(value)).Succeeded);
        await other.Manager.VerifyAsync(value);

        Assert.Equal(reads, Reads(other));
    }

    [Fact]
    public async Task Without_the_feed_nobody_listens_and_nothing_is_told()
    {
        await using var alone = await StartAsync(options => options.ChangeFeed = false);
        var (token, _) = await alone.IssueWarmAsync(_first);
        alone.Statements.Clear();

        await alone.Manager.RevokeAsync("alice", token.Id);

        Assert.False(alone.Get<FeedStatus>().HasFeed);
        Assert.DoesNotContain(alone.Statements.Statements, static sql => sql.Contains("notify", StringComparison.OrdinalIgnoreCase));
    }

    public async ValueTask DisposeAsync()
    {
        await _second.DisposeAsync();
        await _first.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static int Reads(FeedNode node) => node.Statements.Statements.Count(static sql => sql.Contains("= ANY (@", StringComparison.Ordinal));

    /// <summary>Ends the connections that listen, as an administrator or a network would.</summary>
    private async Task<int> EndListenersAsync()
    {
        await using var connection = new NpgsqlConnection(_database.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'", connection);
        return (int)(long)(await command.ExecuteScalarAsync())!;
    }

    private Task<FeedNode> StartAsync(Action<PersonalAccessTokenPostgreSqlOptions>? configure = null) =>
        FeedNode.StartAsync(_database.Configure, tokens => tokens.UsePostgreSql(configure));

    private Task<LocalServer> StartBouncerAsync(string poolMode = "transaction") =>
        LocalServer.StartPgBouncerAsync(new NpgsqlConnectionStringBuilder(_database.ConnectionString).Host!, poolMode);

    private string Through(LocalServer bouncer) => new NpgsqlConnectionStringBuilder(_database.ConnectionString)
    {
        Host = "127.0.0.1",
        Port = bouncer.Port,
        NoResetOnClose = true,
    }.ConnectionString;
}
