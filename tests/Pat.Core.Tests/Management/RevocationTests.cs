namespace Pat.Core.Tests;

public sealed class RevocationTests
{
    [Fact]
    public async Task A_revoked_token_is_refused_at_once_here_and_on_a_node_that_keeps_no_state()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode(options => options.MaxStaleness = TimeSpan.Zero);
        var (token, value) = await application.IssueAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await other.RefusalOfAsync(value));

        Assert.True(await application.Manager.RevokeAsync("alice", token.Id, "leaked"));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await other.RefusalOfAsync(value));
        var stored = await application.ReadAsync(token.Id);
        Assert.Equal((application.Now, "leaked", 2), (stored.RevokedAt, stored.RevokedReason, stored.Version));
    }

    [Fact]
    public async Task To_revoke_again_is_no_error_and_changes_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        await application.Manager.RevokeAsync("alice", token.Id, "first");
        var revokedAt = application.Now;
        application.Time.Advance(TimeSpan.FromHours(1));

        Assert.True(await application.Manager.RevokeAsync("alice", token.Id, "second"));

        var stored = await application.ReadAsync(token.Id);
        Assert.Equal((revokedAt, "first", 2), (stored.RevokedAt, stored.RevokedReason, stored.Version));
        Assert.Single(application.Logged(203));
    }

    [Fact]
    public async Task Both_secrets_of_a_rotated_token_end_with_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync();
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        await application.Manager.RevokeAsync("alice", token.Id);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(old));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(rotated.Value!));
    }

    [Fact]
    public async Task An_operator_revokes_a_token_whoever_owns_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync("bob");

        Assert.True(await application.Manager.RevokeAsync(token.Id, "reported"));
        Assert.False(await application.Manager.RevokeAsync(Guid.AllBitsSet));

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task All_tokens_of_an_owner_are_revoked_but_the_one_to_keep_and_those_of_others()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, first) = await application.IssueAsync();
        var (keep, kept) = await application.IssueAsync();
        var (_, others) = await application.IssueAsync("bob");

        Assert.Equal(1, await application.Manager.RevokeAllAsync("alice", keep.Id, "tidy"));
        Assert.Equal(
            [PersonalAccessTokenRefusal.Revoked, PersonalAccessTokenRefusal.None, PersonalAccessTokenRefusal.None],
            [await application.RefusalOfAsync(first), await application.RefusalOfAsync(kept), await application.RefusalOfAsync(others)]);

        Assert.Equal(1, await application.Manager.RevokeAllAsync("alice"));
        Assert.Equal(0, await application.Manager.RevokeAllAsync("alice"));
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(kept));
    }

    [Theory]
    [InlineData('\0')]
    [InlineData('\n')]
    [InlineData('\ud800')]
    public async Task What_a_database_or_a_log_would_take_amiss_is_no_reason_and_no_owner(char character)
    {
        var text = $"a{character}b";
        await using var application = await TokenApplication.CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.RevokeAllAsync("alice", reason: text));
        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.RevokeAllAsync(text));
    }

    [Fact]
    public async Task A_reason_has_at_most_200_characters()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var tooLong = new string('r', 201);

        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.RevokeAsync("alice", token.Id, tooLong));
        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.RevokeAsync(token.Id, tooLong));
        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.RevokeAllAsync("alice", reason: tooLong));
        Assert.True(await application.Manager.RevokeAsync("alice", token.Id, tooLong[1..]));
    }
}
