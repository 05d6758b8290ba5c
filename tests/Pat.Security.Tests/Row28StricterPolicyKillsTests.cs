namespace Pat.Security.Tests;

/// <summary>
/// Row 28. A stricter policy killed live tokens overnight (GitLab, 2024-05-14). A token expires when it says: MaxLifetime is asked when an
/// expiry is set, never of a token that exists.
/// </summary>
public sealed class Row28StricterPolicyKillsTests
{
    [Fact]
    public async Task Row_28_A_lowered_MaxLifetime_shortens_no_token_that_exists()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync(expiresAt: application.Now.AddDays(300));
        await using var strict = application.AddNode(options => options.MaxLifetime = TimeSpan.FromDays(1));
        application.Time.Advance(TimeSpan.FromDays(200));

        Assert.Equal(PersonalAccessTokenRefusal.None, await strict.RefusalOfAsync(value));
        var renamed = await strict.Manager.EditAsync("alice", token.Id, new() { Name = "renamed" });

        Assert.Equal((true, token.ExpiresAt), (renamed.Succeeded, renamed.Token?.ExpiresAt));
    }

    [Fact]
    public async Task Row_28_An_expiry_that_is_only_repeated_stands_under_stricter_rules()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync(expiresAt: application.Now.AddDays(300));
        await using var strict = application.AddNode(options => options.MaxLifetime = TimeSpan.FromDays(1));

        var repeated = await strict.Manager.EditAsync("alice", token.Id, new() { ExpiresAt = token.ExpiresAt });
        var later = await strict.Manager.EditAsync("alice", token.Id, new() { ExpiresAt = token.ExpiresAt!.Value.AddSeconds(1) });

        Assert.True(repeated.Succeeded);
        Assert.Equal(["expiresAt"], later.Errors.Keys);
    }
}
