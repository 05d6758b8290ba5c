namespace Pat.Core.Tests;

/// <summary>Requests of which the caller could not read everything: what could be read is checked, and nothing is written.</summary>
public sealed class FaultyRequestTests
{
    [Fact]
    public async Task A_creation_is_checked_and_not_made()
    {
        await using var application = await TokenApplication.CreateAsync();

        var wrong = await application.Manager.CreateAsync(new() { OwnerId = "alice", Name = "n", Scopes = ["admin"], HasFaults = true });
        var right = await application.Manager.CreateAsync(
            new() { OwnerId = "alice", Name = "n", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1), HasFaults = true });

        Assert.Equal(["expiresAt", "scopes"], wrong.Errors.Keys.Order());
        Assert.Equal((PersonalAccessTokenFailure.Invalid, 0), (right.Failure, right.Errors.Count));
        Assert.Equal(0, application.Store.CallsOf("AddAsync"));
    }

    [Fact]
    public async Task An_edit_and_a_rotation_are_checked_and_not_made()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();

        var edit = await application.Manager.EditAsync("alice", token.Id, new() { Name = " ", HasFaults = true });
        var rotation = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = -TimeSpan.FromHours(1), HasFaults = true });

        Assert.Equal(["name"], edit.Errors.Keys);
        Assert.Equal(["overlapSeconds"], rotation.Errors.Keys);
        Assert.Equal(1, (await application.ReadAsync(token.Id)).Version);
    }

    [Fact]
    public async Task An_edit_that_names_nothing_writes_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMinutes(1));

        var result = await application.Manager.EditAsync("alice", token.Id, new());

        Assert.True(result.Succeeded);
        Assert.Equal((1, token.UpdatedAt), (result.Token.Version, result.Token.UpdatedAt));
        Assert.Equal(0, application.Store.CallsOf("EditAsync"));
    }
}
