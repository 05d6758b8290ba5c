namespace Pat.Core.Tests;

/// <summary>What can't be judged says why, for the operator who reads it in a log.</summary>
public sealed class UnavailabilityReasonTests
{
    [Fact]
    public async Task A_missing_key_is_named_as_the_reason()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.Hashing.Peppers.Add(SecretHashers.Pepper("2026-a")));
        await using var without = application.AddNode();
        var (_, value) = await application.IssueAsync();

        Assert.Equal("The key that the token's hash was made with is missing on this node.", await ReasonAsync(without, value));
    }

    [Fact]
    public async Task Owners_that_cannot_be_read_are_named_as_the_reason()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        var (_, value) = await application.IssueAsync();
        owners.Fault = new TimeoutException("The directory does not answer.");

        Assert.Equal("The owners of tokens can't be read.", await ReasonAsync(application, value));
    }

    [Fact]
    public async Task A_store_that_does_not_answer_is_named_as_the_reason()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        application.Store.Fail(new InvalidOperationException("The connection broke."));

        Assert.Equal("The token store does not answer, or lacks its tables.", await ReasonAsync(application, value));
    }

    [Fact]
    public void Whoever_gives_no_reason_is_told_to_ask_again()
    {
        var cause = new TimeoutException();

        Assert.Equal("The token could not be judged; ask again later.", new PersonalAccessTokenUnavailableException().Message);
        Assert.Equal("A reason.", new PersonalAccessTokenUnavailableException("A reason.").Message);
        Assert.Same(cause, new PersonalAccessTokenUnavailableException("A reason.", cause).InnerException);
    }

    private static async Task<string> ReasonAsync(TokenApplication node, string value) =>
        (await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => node.Manager.VerifyAsync(value))).Message;
}
