using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using static Pat.TestSupport.RefreshSteps;

namespace Pat.Security.Tests;

/// <summary>
/// Row 30. An outage was answered as 401 (kube-apiserver #65785, Tyk #3047, JwtBearer #53692). A token that can't be judged is not a
/// refused one: 503 with Retry-After, never 401 for a good token, and never a pass beyond the bound.
/// </summary>
/// <remarks>
/// Also <see cref="Row30OutageAs401OverHttpTests"/>, <see cref="Row30OutageAs401InManagementTests"/>. Further evidence: OutageTests of the
/// page (Pat.AspNetCore.UI.Tests); across processes rules b, e and f of the history checker (Pat.History.Tests).
/// </remarks>
public sealed class Row30OutageAs401Tests
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task Row_30_While_refreshes_fail_requests_go_on_until_the_bound_and_then_it_is_an_outage_that_heals()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await StartAsync(application);
        application.Store.Fail();

        application.Time.Advance(Round);
        await Eventually.TrueAsync(() => application.Logged(300).Count == 1);
        Assert.True(IsAcceptedFromMemory(application, value));
        application.Time.Advance(Round - Tick);
        Assert.True(IsAcceptedFromMemory(application, value));
        application.Time.Advance(Tick);
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.Manager.VerifyAsync(value));

        await Eventually.TrueAsync(() => application.Logged(300).Count == 3);
        application.Store.Recover();
        application.Time.Advance(Round);
        await ReadAtAsync(application, token.Id, application.Now);
        Assert.True(IsAcceptedFromMemory(application, value));
    }

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
    public async Task Row_30_A_malformed_value_is_refused_though_the_store_is_down()
    {
        await using var application = await TokenApplication.CreateAsync();
        application.Store.Fail();

        Assert.Equal(PersonalAccessTokenRefusal.Malformed, await application.RefusalOfAsync("pat_x"));
    }

    [Fact]
    public async Task Row_30_A_caller_who_leaves_is_no_outage()
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
    public async Task Row_30_Without_the_key_a_wrong_secret_and_a_dead_token_are_still_refused()
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
        owners.Fault = new TimeoutException("The directory does not answer.");

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => application.Manager.VerifyAsync(value));

        Assert.Equal(LogLevel.Error, Assert.Single(application.Logged(301)).Level);
        owners.Fault = null;
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }
}
