using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class HashingCostTests
{
    [Fact]
    public async Task A_secret_is_hashed_once_in_a_process_however_often_it_is_presented()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (_, value) = await application.IssueAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
            Assert.Equal(PersonalAccessTokenRefusal.None, await other.RefusalOfAsync(value));
        }

        Assert.Equal((1, 1), (application.Hashes, other.Hashes));
    }

    [Fact]
    public async Task Both_secrets_of_a_rotated_token_are_hashed_once_each()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, old) = await application.IssueAsync();
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new() { Overlap = TimeSpan.FromHours(1) });

        for (var i = 0; i < 3; i++)
        {
            foreach (var value in new[] { old, rotated.Value! })
            {
                Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
                Assert.Equal(PersonalAccessTokenRefusal.None, await other.RefusalOfAsync(value));
            }
        }

        Assert.Equal((2, 2), (application.Hashes, other.Hashes));
    }

    [Fact]
    public async Task The_row_is_read_for_each_presentation_where_no_staleness_is_allowed()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxStaleness = TimeSpan.Zero);
        var (_, value) = await application.IssueAsync();

        await application.RefusalOfAsync(value);
        await application.RefusalOfAsync(value);

        Assert.Equal(2, application.Store.CallsOf("FindAsync"));
    }

    [Fact]
    public async Task A_secret_that_a_limit_refuses_is_not_hashed()
    {
        await using var application = await TokenApplication.CreateAsync(options =>
        {
            options.MaxTokensPerOwner = 2;
            options.MaxSecretsPerOwnerPerDay = 2;
        });
        var (token, _) = await application.IssueAsync();
        await application.IssueAsync();
        var before = application.Hashes;

        var created = await application.Manager.CreateAsync(new()
        {
            OwnerId = "alice", Name = "third", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });
        var rotated = await application.Manager.RotateAsync("alice", token.Id, new());
        var repeated = await application.Manager.CreateAsync(new()
        {
            Id = token.Id, OwnerId = "alice", Name = "again", Scopes = ["read"], ExpiresAt = application.Now.AddDays(1),
        });

        Assert.Equal(
            (PersonalAccessTokenFailure.Invalid, PersonalAccessTokenFailure.TooManySecrets, PersonalAccessTokenFailure.Duplicate),
            (created.Failure, rotated.Failure, repeated.Failure));
        Assert.Equal(before, application.Hashes);
    }
}
