namespace Pat.Core.Tests;

/// <summary>How long a secret counts as proven: while its tag is in force in the row.</summary>
public sealed class ProofTests
{
    private static readonly TimeSpan MaxStaleness = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task It_outlives_a_rehash()
    {
        await using var application = await TokenApplication.CreateAsync(options => SecretHashers.Sha256(options.Hashing));
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await stronger.RefusalOfAsync(value);
        await Eventually.TrueAsync(async () => token.SecretHash != (await application.ReadAsync(token.Id)).SecretHash);

        application.Time.Advance(MaxStaleness);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await stronger.RefusalOfAsync(value));

        // What was created, and what was verified and made anew.
        Assert.Equal((1, 2), (application.Hashes, stronger.Hashes));
    }

    [Fact]
    public async Task It_is_of_one_value_on_one_node()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        var (_, other) = await cold.IssueAsync();

        Assert.True(application.Get<PersonalAccessTokenVerifier>().IsProven(value));
        Assert.All([other, value[..^1], value[..^1] + "~", "", "no token"], text =>
            Assert.False(application.Get<PersonalAccessTokenVerifier>().IsProven(text)));
        Assert.False(cold.Get<PersonalAccessTokenVerifier>().IsProven(value));
    }

    [Fact]
    public async Task It_outlives_refreshes_and_reads_of_the_row()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();

        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(value));
            cold.Time.Advance(TimeSpan.FromSeconds(5));
            await cold.Get<StateRefresher>().RefreshAsync(default);
            cold.Time.Advance(MaxStaleness);
            await application.Manager.EditAsync("alice", token.Id, new() { Name = $"name {round}" });
        }

        Assert.Equal(1, cold.Hashes);
        Assert.True(cold.Store.Lookups >= 5);
    }

    [Fact]
    public async Task It_ends_with_a_rotation_here_at_once()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync();
        await application.RefusalOfAsync(old);

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(old));
        Assert.Equal(2, application.Hashes);
    }

    [Fact]
    public async Task It_ends_with_a_rotation_elsewhere_when_the_bound_is_reached_or_the_row_is_read()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, old) = await application.IssueAsync();
        await application.RefusalOfAsync(old);

        var rotated = await other.Manager.RotateAsync("alice", token.Id, new());

        application.Time.Advance(MaxStaleness - TimeSpan.FromTicks(1));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(old));
    }

    [Fact]
    public async Task A_second_rotation_ends_the_overlap_of_the_first()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, first) = await application.IssueAsync();
        var second = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });
        await application.RefusalOfAsync(first);
        var third = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(first));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(second.Value!));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(third.Value!));
        Assert.Equal(3, application.Hashes);
    }

    [Fact]
    public async Task A_secret_that_was_made_here_is_not_hashed_again_here()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        Assert.Equal(1, application.Hashes);

        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(rotated.Value!));
        Assert.Equal(2, application.Hashes);
    }
}
