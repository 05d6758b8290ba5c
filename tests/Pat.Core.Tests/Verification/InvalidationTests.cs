namespace Pat.Core.Tests;

/// <summary>Whatever becomes of a write, what its node knew of the token before counts no more once the write is answered.</summary>
public sealed class InvalidationTests
{
    [Theory]
    [InlineData("RevokeAsync")]
    [InlineData("RevokeAllAsync")]
    [InlineData("EditAsync")]
    [InlineData("RotateAsync")]
    public async Task A_write_that_was_done_and_seemed_to_fail(string method)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        await application.RefusalOfAsync(value);
        application.Store.Before = async (called, cancellationToken) =>
        {
            if (called == method)
            {
                await WriteAsync(other, method, token.Id);
                throw new TimeoutException("The answer got lost.");
            }
        };

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => WriteAsync(application, method, token.Id));

        application.Store.Recover();
        await AssertSeenAsync(application, method, value);
    }

    [Theory]
    [InlineData("RevokeAsync")]
    [InlineData("RevokeAllAsync")]
    public async Task A_write_that_found_nothing_to_change(string method)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        await WriteAsync(application, method, token.Id);

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData("EditAsync")]
    [InlineData("RotateAsync")]
    public async Task A_write_that_came_too_late(string method)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        application.Store.Before = (called, cancellationToken) =>
            called == method ? other.Manager.RevokeAsync("alice", token.Id, null, cancellationToken) : Task.CompletedTask;

        await WriteAsync(application, method, token.Id);

        application.Store.Recover();
        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData("RevokeAsync")]
    [InlineData("RevokeAllAsync")]
    [InlineData("EditAsync")]
    [InlineData("RotateAsync")]
    public async Task A_write_that_was_done(string method)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync(scopes: ["read", "write"]);
        await application.RefusalOfAsync(value);

        await WriteAsync(application, method, token.Id);

        await AssertSeenAsync(application, method, value);
    }

    [Fact]
    public async Task A_token_that_is_gone_is_forgotten_whichever_owners_change_meanwhile()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await application.RemoveRowAsync(token.Id);
        var owner = Enumerable.Range(0, int.MaxValue).Select(number => $"owner {number}").First(id => ChangeCounters.StripeOf(id) == 0);
        application.Store.AfterLookup = () => application.Manager.NotifyOwnerChangedAsync(owner);

        await application.Get<TokenReader>().ReadAsync([token.Id]);

        Assert.Null(application.Get<VerificationCache>().Find(token.Id));
    }

    [Fact]
    public async Task An_owner_who_is_said_to_have_changed()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        owners.Set("bob");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        var (_, others) = await application.IssueAsync("bob");
        await application.RefusalOfAsync(value);
        await application.RefusalOfAsync(others);
        owners.Known.Clear();

        await application.Manager.NotifyOwnerChangedAsync("alice");

        Assert.Equal(PersonalAccessTokenRefusal.OwnerDisabled, await application.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(others));
    }

    [Fact]
    public async Task A_change_leaves_what_is_known_of_other_tokens_alone()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();
        var (other, othersValue) = await application.IssueAsync("bob");
        await application.RefusalOfAsync(othersValue);
        var before = application.Store.Lookups;

        application.Get<ChangeCounters>().TokenChanged(token.Id);
        application.Get<ChangeCounters>().OwnerChanged("alice");
        await application.RefusalOfAsync(othersValue);

        var sharesStripe = ChangeCounters.StripeOf(token.Id) == ChangeCounters.StripeOf(other.Id)
            || ChangeCounters.StripeOf("alice") == ChangeCounters.StripeOf("bob");
        Assert.Equal(sharesStripe ? before + 1 : before, application.Store.Lookups);
    }

    [Fact]
    public async Task A_change_of_everything_ends_all_that_is_known()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        await other.Manager.RevokeAsync("alice", token.Id);

        application.Get<ChangeCounters>().EverythingChanged();

        Assert.Equal(PersonalAccessTokenRefusal.Revoked, await application.RefusalOfAsync(value));
    }

    private static Task WriteAsync(TokenApplication node, string method, Guid id) => method switch
    {
        "RevokeAsync" => node.Manager.RevokeAsync("alice", id),
        "RevokeAllAsync" => node.Manager.RevokeAllAsync("alice"),
        "EditAsync" => node.Manager.EditAsync("alice", id, new() { Scopes = ["read"] }),
        _ => node.Manager.RotateAsync("alice", id, new()),
    };

    private static async Task AssertSeenAsync(TokenApplication node, string method, string value)
    {
        var verification = await node.Manager.VerifyAsync(value);
        if (method == "EditAsync")
        {
            Assert.Equal(["read"], verification.Token!.Scopes);
        }
        else
        {
            Assert.Equal(
                method == "RotateAsync" ? PersonalAccessTokenRefusal.WrongSecret : PersonalAccessTokenRefusal.Revoked,
                verification.Refusal);
        }
    }
}
