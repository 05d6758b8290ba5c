using Microsoft.Extensions.Logging;

namespace Pat.Core.Tests;

public sealed class RefusalTests
{
    [Fact]
    public async Task An_accepted_token_is_told_with_its_row()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();

        var verification = await application.Manager.VerifyAsync(value);

        Assert.Equal(
            (true, PersonalAccessTokenRefusal.None, token.Id, true, token.Id, null, false),
            (verification.Succeeded, verification.Refusal, verification.Id, verification.HoldsSecret, verification.Token?.Id, verification.Owner, verification.IsPreviousSecret));
    }

    [Fact]
    public async Task A_verification_is_no_use()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();

        await application.Manager.VerifyAsync(value);

        Assert.Null((await application.ReadAsync(token.Id)).LastUsedAt);
        Assert.Equal(0, application.Get<UsageRecorder>().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("pat_")]
    [InlineData("pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3ILTgK2y3mH3Uqt3AumL0")]
    [InlineData("a1_3eBUFbt59qHZQogZbFBjWu_exWmYgJkBCeiwUSZihevAqQyk28qGh7iRXFLAjieIGw3IC1lN")]
    public async Task A_value_of_another_form_or_prefix_is_malformed_and_asks_nothing_of_the_store(string value)
    {
        await using var application = await TokenApplication.CreateAsync();

        var verification = await application.Manager.VerifyAsync(value);

        Assert.Equal((PersonalAccessTokenRefusal.Malformed, null), (verification.Refusal, verification.Id));
        Assert.Equal(0, application.Store.Calls);
        AssertTellsNothing(verification);
    }

    [Fact]
    public async Task A_prefix_that_is_accepted_no_more_is_malformed()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.TokenPrefix = "old_pat");
        await using var renamed = application.AddNode();
        await using var tolerant = application.AddNode(options => options.AcceptedPrefixes.Add("old_pat"));
        var (_, value) = await application.IssueAsync();

        Assert.Equal(PersonalAccessTokenRefusal.Malformed, await renamed.RefusalOfAsync(value));
        Assert.Equal(PersonalAccessTokenRefusal.None, await tolerant.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_genuine_secret_under_another_accepted_prefix_is_a_wrong_one()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AcceptedPrefixes.Add("old_pat"));
        var (_, value) = await application.IssueAsync();
        var unsigned = "old_" + value[..^6];

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await application.RefusalOfAsync(unsigned + NaiveFormat.Checksum(unsigned)));
    }

    [Fact]
    public async Task An_unknown_id_is_told_from_a_wrong_secret_to_the_operator_alone()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, _) = await application.IssueAsync();

        var unknown = await application.Manager.VerifyAsync(PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet));
        var wrong = await application.Manager.VerifyAsync(PersonalAccessTokenFormat.Create("pat", token.Id));

        Assert.Equal((PersonalAccessTokenRefusal.UnknownId, Guid.AllBitsSet), (unknown.Refusal, unknown.Id));
        Assert.Equal((PersonalAccessTokenRefusal.WrongSecret, token.Id), (wrong.Refusal, wrong.Id));
        AssertTellsNothing(unknown);
        AssertTellsNothing(wrong);
    }

    [Theory]
    [InlineData(PersonalAccessTokenRefusal.Expired)]
    [InlineData(PersonalAccessTokenRefusal.Inactive)]
    [InlineData(PersonalAccessTokenRefusal.Revoked)]
    public async Task A_dead_token_is_refused_proven_before_or_not_without_a_hash(PersonalAccessTokenRefusal refusal)
    {
        await using var application = await TokenApplication.CreateAsync(options => options.InactivityPeriod = TimeSpan.FromDays(5));
        await using var cold = application.AddNode(options => options.InactivityPeriod = TimeSpan.FromDays(5));
        var days = refusal == PersonalAccessTokenRefusal.Expired ? 1 : 30;
        var (token, value) = await application.IssueAsync(expiresAt: application.Now.AddDays(days));
        if (refusal == PersonalAccessTokenRefusal.Revoked)
        {
            await application.Manager.RevokeAsync("alice", token.Id);
        }

        application.Time.Advance(TimeSpan.FromDays(refusal == PersonalAccessTokenRefusal.Inactive ? 5 : 1));

        foreach (var node in new[] { application, cold })
        {
            var verification = await node.Manager.VerifyAsync(value);
            Assert.Equal((refusal, true, null), (verification.Refusal, verification.HoldsSecret, verification.Token));
            Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await node.RefusalOfAsync(PersonalAccessTokenFormat.Create("pat", token.Id)));
        }

        Assert.Equal(0, cold.Hashes);
    }

    [Fact]
    public async Task An_expiry_is_judged_to_the_microsecond()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync(expiresAt: application.Now.AddMinutes(1));

        application.Time.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
        application.Time.Advance(TimeSpan.FromMicroseconds(1));
        Assert.Equal(PersonalAccessTokenRefusal.Expired, await application.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_secret_whose_overlap_has_ended_tells_its_holder_nothing()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, old) = await application.IssueAsync();
        await application.Manager.RotateAsync("alice", token.Id, new());

        AssertTellsNothing(await application.Manager.VerifyAsync(old));
    }

    [Theory]
    [InlineData("$bcrypt$x")]
    [InlineData("")]
    [InlineData("$argon2id$v=19$m=257,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_row_whose_hash_cannot_be_read_is_refused_and_reported(string damaged)
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await application.ChangeRowAsync(token.Id, row => row.SecretHash = damaged);

        var verification = await cold.Manager.VerifyAsync(value);

        Assert.Equal((PersonalAccessTokenRefusal.UnreadableHash, true), (verification.Refusal, verification.HoldsSecret));
        var record = Assert.Single(cold.Logged(303));
        Assert.Equal(LogLevel.Error, record.Level);
        Assert.Contains(PersonalAccessTokenFormat.FormatId(token.Id), record.Message, StringComparison.Ordinal);
        Assert.Equal(0, cold.Hashes);
    }

    [Fact]
    public async Task A_hash_and_tag_moved_to_another_row_let_nobody_in()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (mine, _) = await application.IssueAsync();
        var (_, theirs) = await application.IssueAsync("bob");
        var forged = theirs[..^6].Replace(theirs.Split('_')[1], PersonalAccessTokenFormat.FormatId(mine.Id), StringComparison.Ordinal);
        forged += NaiveFormat.Checksum(forged);
        var bob = await application.Manager.FindByValueAsync(theirs);
        await application.ChangeRowAsync(mine.Id, row => (row.SecretHash, row.SecretTag) = (bob!.SecretHash, SecretDigest.Of(forged).ToTag()));

        var verification = await cold.Manager.VerifyAsync(forged);

        Assert.Equal((PersonalAccessTokenRefusal.WrongSecret, false, 1), (verification.Refusal, verification.HoldsSecret, cold.Hashes));
    }

    private static void AssertTellsNothing(PersonalAccessTokenVerification verification) =>
        Assert.Equal((false, false, null, null), (verification.Succeeded, verification.HoldsSecret, verification.Token, verification.Owner));
}
