using Microsoft.Extensions.Logging;

namespace Pat.Core.Tests;

/// <summary>Row 30 of the known failures: an outage is never answered as a refusal.</summary>
public sealed class UnavailabilityTests
{
    [Fact]
    public async Task Row_30_A_store_that_is_down_is_an_outage_for_a_proven_token_as_for_an_unknown_one()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        application.Store.Fail();

        foreach (var presented in new[] { value, PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet) })
        {
            var exception = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.Manager.VerifyAsync(presented));
            Assert.IsType<TimeoutException>(exception.InnerException);
        }

        Assert.Equal(2, application.Logged(300).Count(record => record.Level == LogLevel.Error));
        application.Store.Before = null;
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_malformed_value_is_refused_though_the_store_is_down()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.Store.Fail();

        Assert.Equal(PersonalAccessTokenRefusal.Malformed, await application.RefusalOfAsync("pat_x"));
    }

    [Fact]
    public async Task A_caller_who_leaves_is_no_outage()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => application.Manager.VerifyAsync(value, new CancellationToken(canceled: true)));

        Assert.Empty(application.Logged(300));
    }

    [Fact]
    public async Task Row_30_A_pepper_key_that_is_missing_is_an_outage_until_it_is_there_again()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("2026-a")));
        await using var without = application.AddNode();
        await using var with = application.AddNode(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("2026-a")));
        var (token, value) = await application.IssueAsync();

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => without.Manager.VerifyAsync(value));

        var record = Assert.Single(without.Logged(302));
        Assert.Equal(LogLevel.Error, record.Level);
        Assert.Contains(PersonalAccessTokenFormat.FormatId(token.Id), record.Message, StringComparison.Ordinal);
        Assert.Equal(PersonalAccessTokenRefusal.None, await with.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Without_the_key_a_wrong_secret_and_a_dead_token_are_still_refused()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("2026-a")));
        await using var without = application.AddNode();
        var (token, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await without.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", token.Id)));
        await application.Manager.RevokeAsync("alice", token.Id);
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await without.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_30_Owners_that_cannot_be_read_are_an_outage()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        owners.IsDown = true;

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.Manager.VerifyAsync(value));

        Assert.Equal(LogLevel.Error, Assert.Single(application.Logged(301)).Level);
        owners.IsDown = false;
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }
}
