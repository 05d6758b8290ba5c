using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>One owner makes one secret at a time on a node, so that a limit holds before anything is hashed.</summary>
public sealed class OwnerTurnTests
{
    [Fact]
    public async Task Of_300_creations_at_once_at_a_limit_of_50_exactly_50_are_hashed()
    {
        await using var application = await TokenApplication.CreateAsync(database: TestDatabase.SqliteFile());

        var results = await Task.WhenAll(Enumerable.Range(0, 300).Select(number => Task.Run(() => CreateAsync(application, "alice", number))));

        Assert.Equal((50, 50), (results.Count(result => result.Succeeded), application.Hashes));
        Assert.Equal(50, await application.CountRowsAsync());
        Assert.Equal(50, application.Store.CallsOf("AddAsync"));
    }

    [Fact]
    public async Task Other_owners_do_not_wait_for_one_whose_secret_is_being_made()
    {
        await using var application = await TokenApplication.CreateAsync();
        var checking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.Before = (method, _) => method == "CheckLimitsAsync" && checking.TrySetResult() ? go.Task : Task.CompletedTask;
        var first = CreateAsync(application, "alice", 1);
        await checking.Task;
        var second = CreateAsync(application, "alice", 2);

        Assert.True((await CreateAsync(application, "bob", 1)).Succeeded);

        Assert.Equal((false, false), (first.IsCompleted, second.IsCompleted));
        Assert.Equal(2, application.Store.CallsOf("CheckLimitsAsync"));
        go.SetResult();
        Assert.True((await first).Succeeded);
        Assert.True((await second).Succeeded);
    }

    [Fact]
    public async Task Who_leaves_before_his_turn_makes_nothing_and_the_next_one_has_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        using var leaving = new CancellationTokenSource();
        var checking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        application.Store.Before = (method, _) => method == "CheckLimitsAsync" && checking.TrySetResult() ? go.Task : Task.CompletedTask;
        var first = CreateAsync(application, "alice", 1);
        await checking.Task;
        var left = CreateAsync(application, "alice", 2, cancellationToken: leaving.Token);
        var next = CreateAsync(application, "alice", 3);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        go.SetResult();
        Assert.True((await first).Succeeded);
        Assert.True((await next).Succeeded);
        Assert.Equal(2, application.Hashes);
    }

    [Fact]
    public async Task A_creation_and_a_rotation_wait_thirty_seconds_in_all()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.StoreTimeout = TimeSpan.FromSeconds(30));
        var (token, _) = await application.IssueAsync("bob");
        var held = await HeldHashRoom.HoldAsync(application);
        application.Store.Before = (_, _) =>
        {
            // Two calls of the store come before the hash, and neither takes too long by itself.
            application.Time.Advance(TimeSpan.FromSeconds(15));
            return Task.CompletedTask;
        };

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(
            () => CreateAsync(application, "alice", 1, id: Guid.AllBitsSet).WaitAsync(TestDeadline.Limit));
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(
            () => application.Manager.RotateAsync("bob", token.Id, new()).WaitAsync(TestDeadline.Limit));

        await held.ReleaseAsync();
        Assert.True((await CreateAsync(application, "alice", 1)).Succeeded);
    }

    private static Task<PersonalAccessTokenResult> CreateAsync(
        TokenApplication application, string owner, int number, Guid? id = null, CancellationToken cancellationToken = default) =>
        application.Manager.CreateAsync(
            new() { Id = id, OwnerId = owner, Name = $"token {number}", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1) },
            cancellationToken);
}
