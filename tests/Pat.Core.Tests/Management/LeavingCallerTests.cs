using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>A write that was sent is done, though whoever asked for it leaves in the middle of it.</summary>
public sealed class LeavingCallerTests : IDisposable
{
    private readonly CancellationTokenSource _caller = new();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task A_revocation_is_done_and_the_next_request_is_refused()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RevokeAsync("alice", token.Id, null, _caller.Token));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_revocation_of_all_tokens_is_done_and_the_next_request_is_refused()
    {
        await using var application = await CreateAsync();
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RevokeAllAsync("alice", null, null, _caller.Token));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task An_edit_is_done_and_seen_by_the_next_request()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.UpdateAsync("alice", token.Id, new() { Scopes = ["read"] }, _caller.Token));

        Assert.Equal(["read"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
    }

    [Fact]
    public async Task A_rotation_is_done_and_the_old_secret_is_refused()
    {
        await using var application = await CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);

        await EndAsync(application.Manager.RotateAsync("alice", token.Id, new(), _caller.Token));

        Assert.Equal(2, (await application.ReadAsync(token.Id)).Version);
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(value));
    }

    private Task<TokenApplication> CreateAsync() =>
        TokenApplication.CreateAsync(database: new InterceptedDatabase(TestDatabase.SqliteMemory(), new CallerLeaves(_caller)));

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

    /// <summary>Cancels when a token's row is about to be changed.</summary>
    private sealed class CallerLeaves(CancellationTokenSource caller) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            if (command.CommandText.StartsWith("UPDATE \"PersonalAccessTokens\"", StringComparison.Ordinal))
            {
                await caller.CancelAsync();
            }

            return result;
        }
    }
}
