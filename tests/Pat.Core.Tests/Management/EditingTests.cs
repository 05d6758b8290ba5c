namespace Pat.Core.Tests;

public sealed class EditingTests
{
    [Fact]
    public async Task What_is_set_changes_and_what_is_not_stays()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMinutes(1));

        var result = await application.Manager.EditAsync("alice", token.Id, new() { Name = " deploy " });

        var stored = await application.ReadAsync(token.Id);
        Assert.All([result.Token!, stored], edited => Assert.Equal(
            ("deploy", "read", token.ExpiresAt, 2, application.Now, token.CreatedAt, token.SecretHash),
            (edited.Name, string.Join(' ', edited.Scopes), edited.ExpiresAt, edited.Version, edited.UpdatedAt, edited.CreatedAt, edited.SecretHash)));
        Assert.Null(result.Value);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task New_scopes_count_at_the_next_verification()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync(scopes: "write");

        await application.Manager.EditAsync("alice", token.Id, new() { Scopes = ["read"] });

        Assert.Equal(["read"], (await application.Manager.VerifyAsync(value)).Token!.Scopes);
    }

    [Fact]
    public async Task Every_error_is_told_at_once_and_nothing_is_written()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();

        var result = await application.Manager.EditAsync(
            "alice", token.Id, new() { Name = " ", Scopes = [], ExpiresAt = application.Now });

        Assert.Equal(PersonalAccessTokenFailure.Invalid, result.Failure);
        Assert.Equal(["expiresAt", "name", "scopes"], result.Errors.Keys.Order());
        Assert.Equal(0, application.Store.CallsOf("EditAsync"));
        Assert.Equal(1, (await application.ReadAsync(token.Id)).Version);
    }

    [Fact]
    public async Task An_expiry_counts_from_the_making_of_the_secret()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxLifetime = TimeSpan.FromDays(60));
        var (token, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(10));
        var last = token.SecretCreatedAt.AddDays(60);

        var late = await application.Manager.EditAsync("alice", token.Id, new() { ExpiresAt = last.AddMicroseconds(1) });
        var latest = await application.Manager.EditAsync("alice", token.Id, new() { ExpiresAt = last });

        Assert.Contains("expiresAt", late.Errors);
        Assert.Equal(last, latest.Token?.ExpiresAt);
    }

    [Fact]
    public async Task An_expiry_can_be_removed_only_where_none_is_allowed()
    {
        await using var strict = await TokenApplication.CreateAsync();
        await using var lenient = strict.AddNode(options => options.AllowNoExpiry = true);
        var (token, _) = await strict.IssueAsync();

        Assert.Contains("expiresAt", (await strict.Manager.EditAsync("alice", token.Id, new() { RemoveExpiry = true })).Errors);
        Assert.True((await lenient.Manager.EditAsync("alice", token.Id, new() { RemoveExpiry = true })).Succeeded);
        Assert.Null((await lenient.ReadAsync(token.Id)).ExpiresAt);
    }

    [Fact]
    public async Task To_set_and_to_remove_an_expiry_is_a_mistake_of_the_caller()
    {
        await using var application = await TokenApplication.CreateAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => application.Manager.EditAsync(
            "alice", Guid.Empty, new() { RemoveExpiry = true, ExpiresAt = application.Now.AddDays(1) }));
    }

    [Fact]
    public async Task A_version_that_is_not_the_present_one_changes_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();

        var matching = await application.Manager.EditAsync("alice", token.Id, new() { Name = "first", IfVersion = 1 });
        var stale = await application.Manager.EditAsync("alice", token.Id, new() { Name = "second", IfVersion = 1 });

        Assert.Equal(2, matching.Token?.Version);
        Assert.Equal((PersonalAccessTokenFailure.VersionMismatch, 2), (stale.Failure, stale.Token?.Version));
        Assert.Equal("first", (await application.ReadAsync(token.Id)).Name);
    }

    [Fact]
    public async Task A_change_in_between_is_kept_and_the_edit_made_upon_it()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, _) = await application.IssueAsync();
        InterruptOnce(application, "EditAsync", () => other.Manager.EditAsync("alice", token.Id, new() { Scopes = ["write"] }));

        var result = await application.Manager.EditAsync("alice", token.Id, new() { Name = "renamed" });

        Assert.True(result.Succeeded);
        var stored = await application.ReadAsync(token.Id);
        Assert.Equal(("renamed", "write", 3), (stored.Name, string.Join(' ', stored.Scopes), stored.Version));
    }

    [Fact]
    public async Task A_change_in_between_defeats_an_edit_that_named_its_version()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, _) = await application.IssueAsync();
        InterruptOnce(application, "EditAsync", () => other.Manager.EditAsync("alice", token.Id, new() { Name = "theirs" }));

        var result = await application.Manager.EditAsync("alice", token.Id, new() { Name = "mine", IfVersion = 1 });

        Assert.Equal(PersonalAccessTokenFailure.VersionMismatch, result.Failure);
        Assert.Equal("theirs", (await application.ReadAsync(token.Id)).Name);
    }

    [Fact]
    public async Task A_revocation_in_between_is_final()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        InterruptOnce(application, "EditAsync", () => other.Manager.RevokeAsync("alice", token.Id));

        var result = await application.Manager.EditAsync("alice", token.Id, new() { Name = "mine" });

        Assert.Equal(PersonalAccessTokenFailure.NotUsable, result.Failure);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_token_that_others_change_without_end_is_given_up()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, _) = await application.IssueAsync();
        application.Store.Before = (method, cancellationToken) => method == "EditAsync"
            ? other.Manager.EditAsync("alice", token.Id, new() { Name = "theirs" }, cancellationToken)
            : Task.CompletedTask;

        var result = await application.Manager.EditAsync("alice", token.Id, new() { Name = "mine" });

        Assert.Equal((PersonalAccessTokenFailure.VersionMismatch, 5), (result.Failure, application.Store.CallsOf("EditAsync")));
    }

    [Theory]
    [InlineData(PersonalAccessTokenStatus.Expired)]
    [InlineData(PersonalAccessTokenStatus.Inactive)]
    [InlineData(PersonalAccessTokenStatus.Revoked)]
    public async Task A_token_that_is_not_usable_is_neither_edited_nor_rotated(PersonalAccessTokenStatus status)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(5));
        var (token, _) = await application.IssueAsync(
            expiresAt: application.Now.AddDays(status == PersonalAccessTokenStatus.Expired ? 1 : 30));
        if (status == PersonalAccessTokenStatus.Revoked)
        {
            await application.Manager.RevokeAsync("alice", token.Id);
        }

        application.Time.Advance(TimeSpan.FromDays(status == PersonalAccessTokenStatus.Inactive ? 5 : 1));
        var edited = await application.Manager.EditAsync("alice", token.Id, new() { Name = "x", ExpiresAt = application.Now.AddDays(1) });
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { ExpiresAt = application.Now.AddDays(1) });

        Assert.All([edited, rotated], result =>
        {
            Assert.Equal((PersonalAccessTokenFailure.NotUsable, null), (result.Failure, result.Value));
            Assert.Equal(status, application.Manager.StatusOf(result.Token!));
        });
    }

    private static void InterruptOnce(TokenApplication application, string method, Func<Task> change)
    {
        var isFirst = 1;
        application.Store.Before = (called, _) =>
            called == method && Interlocked.Exchange(ref isFirst, 0) == 1 ? change() : Task.CompletedTask;
    }
}
