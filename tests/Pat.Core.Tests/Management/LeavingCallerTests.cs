using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>A write that was sent is done, and told before it is answered, though whoever asked for it leaves in the middle of it.</summary>
public sealed class LeavingCallerTests : IDisposable
{
    private readonly CancellationTokenSource _caller = new();
    private readonly TestFeed _feed = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_creation_is_done_and_the_same_one_sent_again_makes_no_second_token()
    {
        await using var application = await CreateAsync("INSERT INTO");
        var creation = new PersonalAccessTokenCreation
        {
            Id = Guid.CreateVersion7(application.Now), OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        };

        await EndAsync(application.Manager.CreateAsync(creation, _caller.Token));

        Assert.Equal(PersonalAccessTokenFailure.Duplicate, (await application.Manager.CreateAsync(creation)).Failure);
        Assert.Equal(1, (await application.Manager.ListAsync(new() { OwnerId = "alice" })).Total);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_secret_that_was_hashed_is_made_and_counted(bool rotates)
    {
        var owners = TestOwners.AliceAndBob();
        await using var application = await TokenApplication.CreateAsync(options => options.MaxSecretsPerOwnerPerDay = 2, owners);
        var (token, _) = await application.IssueAsync();
        var asked = 0;
        owners.AfterRead = () => ++asked == 2 ? _caller.CancelAsync() : Task.CompletedTask;

        var result = rotates
            ? await application.Manager.RotateAsync("alice", token.Id, new(), _caller.Token)
            : await application.Manager.CreateAsync(
                new() { OwnerId = "alice", Name = "ci", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1) }, _caller.Token);

        Assert.True(_caller.IsCancellationRequested);
        Assert.True(result.Succeeded);
        Assert.Equal(PersonalAccessTokenFailure.TooManySecrets, (await application.Manager.RotateAsync("alice", token.Id, new())).Failure);
    }

    [Fact]
    public async Task A_revocation_is_done_and_the_next_request_is_refused()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RevokeAsync("alice", token.Id, null, _caller.Token));
        AssertTold(PersonalAccessTokenChange.OfToken(token.Id));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_revocation_of_all_tokens_is_done_and_the_next_request_is_refused()
    {
        await using var application = await CreateAsync();
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RevokeAllAsync("alice", null, null, _caller.Token));
        AssertTold(PersonalAccessTokenChange.OfOwner("alice"));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task An_edit_is_done_and_seen_by_the_next_request()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read"] }, _caller.Token));
        AssertTold(PersonalAccessTokenChange.OfToken(token.Id));

        Assert.Equal(["read"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
    }

    [Fact]
    public async Task A_rotation_is_done_and_the_old_secret_is_refused()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RotateAsync("alice", token.Id, new(), _caller.Token));
        AssertTold(PersonalAccessTokenChange.OfToken(token.Id));

        Assert.Equal(2, (await application.ReadAsync(token.Id)).Version);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(value));
    }

    private Task<TokenApplication> CreateAsync(string leavesAt = "UPDATE") => TokenApplication.CreateAsync(
        database: new InterceptedDatabase(TestDatabase.SqliteMemory(), new CallerLeaves(_caller, $"{leavesAt} \"PersonalAccessTokens\"")),
        feed: _feed);

    private void AssertTold(PersonalAccessTokenChange change) =>
        Assert.Equal([change], _feed.Changes.Select(notice => notice.Change!.Value));

    private async Task EndAsync(Task write)
    {
        try
        {
            await write;
        }
        catch (OperationCanceledException)
        {
            // Nobody is there to be told.
        }

        Assert.True(_caller.IsCancellationRequested);
    }

    /// <summary>Cancels when a token's row is about to be written.</summary>
    private sealed class CallerLeaves(CancellationTokenSource caller, string write) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            await LeaveAsync(command);
            return result;
        }

        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await LeaveAsync(command);
            return result;
        }

        private async Task LeaveAsync(DbCommand command)
        {
            if (command.CommandText.StartsWith(write, StringComparison.Ordinal))
            {
                await caller.CancelAsync();
            }
        }
    }
}
