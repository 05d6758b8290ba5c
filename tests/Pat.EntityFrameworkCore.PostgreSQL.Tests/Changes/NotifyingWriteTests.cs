using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

/// <summary>What PostgreSQL is sent of a change, and what comes out of it.</summary>
public sealed class NotifyingWriteTests(PostgresServer server) : IAsyncLifetime
{
    private static readonly PersonalAccessTokenLimits Limits = new(50, 100, TimeSpan.FromHours(24));

    private readonly FullQueue _fullQueue = new();
    private TestDatabase _database = null!;
    private FeedNode _node = null!;
    private NpgsqlConnection _ear = null!;
    private List<PersonalAccessTokenNotice> _heard = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        _node = await FeedNode.StartAsync(
            options =>
            {
                _database.Configure(options);
                options.AddInterceptors(_fullQueue);
            },
            tokens => tokens.UsePostgreSql());
        await _node.UpAsync();
        _heard = [];
        _ear = new NpgsqlConnection(_database.ConnectionString);
        await _ear.OpenAsync();
        _ear.Notification += (_, notification) =>
        {
            Assert.True(PersonalAccessTokenNotice.TryParse(notification.Payload, out var notice));
            if (notice.Change is not null)
            {
                _heard.Add(notice);
            }
        };
        await using var listen = new NpgsqlCommand("LISTEN pat_changes", _ear);
        await listen.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task A_revocation_is_one_statement_with_its_notice()
    {
        var token = await IssueAsync();
        _node.Statements.Clear();

        await Store.RevokeAsync(token.Id, SampleTokens.Start, "why", default);

        Assert.Contains("pg_notify", Assert.Single(Changes()), StringComparison.Ordinal);
        await HeardAsync(PersonalAccessTokenChange.OfToken(token.Id));
    }

    [Fact]
    public async Task The_end_of_all_tokens_of_an_owner_is_one_statement_with_one_notice()
    {
        await IssueAsync();
        await IssueAsync();
        _node.Statements.Clear();

        Assert.Equal(2, await Store.RevokeAllAsync("alice", null, SampleTokens.Start, null, default));

        Assert.Contains("pg_notify", Assert.Single(Changes()), StringComparison.Ordinal);
        await HeardAsync(PersonalAccessTokenChange.OfOwner("alice"));
    }

    [Fact]
    public async Task An_edit_is_one_statement_with_its_notice()
    {
        var token = await IssueAsync();
        _node.Statements.Clear();
        (token.Name, token.Scopes, token.Version) = ("renamed", [], 2);

        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.EditAsync(token, SampleTokens.At(SampleTokens.Start), default));

        Assert.Contains("pg_notify", Assert.Single(Changes()), StringComparison.Ordinal);
        await HeardAsync(PersonalAccessTokenChange.OfToken(token.Id));
    }

    [Fact]
    public async Task A_rotation_tells_it_in_the_transaction_that_makes_it()
    {
        var token = await IssueAsync();
        token.Version = 2;

        Assert.Equal(
            PersonalAccessTokenWriteOutcome.Done, await Store.RotateAsync(token, Limits, SampleTokens.At(SampleTokens.Start), default));
        await HeardAsync(PersonalAccessTokenChange.OfToken(token.Id));

        // Rolled back with its notice: the version is not the next one.
        Assert.Equal(
            PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RotateAsync(token, Limits, SampleTokens.At(SampleTokens.Start), default));
        await Store.RevokeAllAsync("nobody", null, SampleTokens.Start, null, default);
        await HeardAsync(PersonalAccessTokenChange.OfToken(token.Id), PersonalAccessTokenChange.OfOwner("nobody"));
    }

    [Fact]
    public async Task What_was_revoked_before_is_told_again()
    {
        var token = await IssueAsync();
        await Store.RevokeAsync(token.Id, SampleTokens.Start, null, default);

        Assert.Equal(PersonalAccessTokenWriteOutcome.NotApplicable, await Store.RevokeAsync(token.Id, SampleTokens.Start, null, default));

        await HeardAsync(PersonalAccessTokenChange.OfToken(token.Id), PersonalAccessTokenChange.OfToken(token.Id));
    }

    [Fact]
    public async Task A_notice_has_the_databases_time()
    {
        var before = await Store.GetUtcNowAsync(default);
        await Store.RevokeAsync(Guid.AllBitsSet, SampleTokens.Start, null, default);
        var after = await Store.GetUtcNowAsync(default);

        await HeardAsync(PersonalAccessTokenChange.OfToken(Guid.AllBitsSet));

        Assert.InRange(_heard[0].SentAt, before, after);
        Assert.Equal(_node.Get<PersonalAccessTokenNode>().Id, _heard[0].NodeId);
    }

    [Fact]
    public async Task Creations_uses_rehashes_and_clean_up_tell_nothing()
    {
        var token = await IssueAsync();
        await Store.RecordUseAsync([new(token.Id, SampleTokens.Start, null)], TimeSpan.Zero, default);
        await Store.ReplaceHashAsync(token.Id, token.SecretHash, "$sha256$other", default);
        await Store.RemoveAsync(new(SampleTokens.At(SampleTokens.Start.AddYears(9)), TimeSpan.Zero, TimeSpan.FromHours(1)), 10, null, default);
        await Store.RevokeAllAsync("nobody", null, SampleTokens.Start, null, default);

        await HeardAsync(PersonalAccessTokenChange.OfOwner("nobody"));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("revoke all")]
    [InlineData("edit")]
    [InlineData("rotate")]
    public async Task A_full_queue_of_notifications_keeps_nobody_from_changing_anything(string change)
    {
        var token = await IssueAsync();
        token.Version = 2;
        _fullQueue.IsFull = true;

        Assert.True(change switch
        {
            "revoke" => await Store.RevokeAsync(token.Id, SampleTokens.Start, null, default) == PersonalAccessTokenWriteOutcome.Done,
            "revoke all" => await Store.RevokeAllAsync("alice", null, SampleTokens.Start, null, default) == 1,
            "edit" => await Store.EditAsync(token, SampleTokens.At(SampleTokens.Start), default) == PersonalAccessTokenWriteOutcome.Done,
            _ => await Store.RotateAsync(token, Limits, SampleTokens.At(SampleTokens.Start), default) == PersonalAccessTokenWriteOutcome.Done,
        });

        Assert.Equal(2, (await Store.FindAsync([token.Id], default))[0].Version);
        Assert.True(_fullQueue.Refused > 0);

        // What nobody was told of is made up for when there is room again.
        _fullQueue.IsFull = false;
        await HeardAsync(PersonalAccessTokenChange.Everything);
    }

    public async ValueTask DisposeAsync()
    {
        await _ear.DisposeAsync();
        await _node.DisposeAsync();
        await _database.DisposeAsync();
    }

    private IPersonalAccessTokenStore Store => _node.Get<IPersonalAccessTokenStore>();

    /// <summary>The statements that are not the node's own heartbeats and looks at the clock.</summary>
    private IEnumerable<string> Changes() =>
        _node.Statements.Statements.Where(static sql => sql.Contains("UPDATE", StringComparison.Ordinal));

    private async Task<PersonalAccessToken> IssueAsync()
    {
        var token = SampleTokens.Create("alice");
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, await Store.AddAsync(token, Limits, SampleTokens.At(SampleTokens.Start), default));
        return token;
    }

    /// <summary>Waits for as many notices, which come in the order of the commits.</summary>
    private async Task HeardAsync(params PersonalAccessTokenChange[] expected)
    {
        using var limit = new CancellationTokenSource(TestDeadline.Limit);
        while (_heard.Count < expected.Length)
        {
            await _ear.WaitAsync(limit.Token);
        }

        Assert.Equal(expected, _heard.Select(notice => notice.Change!.Value));
    }

    /// <summary>Refuses notifications as PostgreSQL does when its queue of 8 GB is full.</summary>
    private sealed class FullQueue : DbCommandInterceptor
    {
        public bool IsFull { get; set; }

        public int Refused { get; private set; }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Refuse(command);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Refuse(command);
            return ValueTask.FromResult(result);
        }

        private void Refuse(DbCommand command)
        {
            if (IsFull && command.CommandText.Contains("pg_notify", StringComparison.Ordinal))
            {
                Refused++;
                throw new PostgresException("too many notifications in the NOTIFY queue", "ERROR", "ERROR", PostgresErrorCodes.ProgramLimitExceeded);
            }
        }
    }
}
