namespace Pat.Core.Tests;

/// <summary>A caller that blocks its thread for a verdict must get it: nothing waits for that thread.</summary>
public sealed class VerificationContextTests
{
    [Fact]
    public async Task A_look_up_goes_on_without_the_callers_thread()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        var context = new CallersContext();
        var busy = await BusyStatements.SendAsync(cold);

        var verdict = context.Begin(() => cold.Get<PersonalAccessTokenVerifier>().VerifyAsync(value, default).AsTask());
        await busy.AnswerAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, (await verdict.WaitAsync(TestDeadline.Limit)).Refusal);
        Assert.Equal(0, context.Posted);
    }

    [Fact]
    public async Task A_hash_goes_on_without_the_callers_thread()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var context = new CallersContext();
        var held = await HeldHashRoom.HoldAsync(cold);

        var verdict = context.Begin(() => ProveAsync(cold, stored, value));
        await held.WaitingAsync(1);
        await held.ReleaseAsync();

        Assert.Equal(SecretVerdict.Match, await verdict.WaitAsync(TestDeadline.Limit));
        Assert.Equal(0, context.Posted);
    }

    [Fact]
    public async Task A_hash_is_brought_up_to_date_without_the_callers_thread()
    {
        await using var application = await TokenApplication.CreateAsync(options => SecretHashers.Sha256(options.Hashing));
        await using var stronger = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var context = new CallersContext();

        Assert.Equal(SecretVerdict.Match, await context.Begin(() => ProveAsync(stronger, stored, value)).WaitAsync(TestDeadline.Limit));

        await Eventually.TrueAsync(async () => (await application.ReadAsync(token.Id)).SecretHash != stored.SecretHash);
        Assert.Equal(0, context.Posted);
    }

    private static Task<SecretVerdict> ProveAsync(TokenApplication node, PersonalAccessToken stored, string value) =>
        node.Get<SharedProofs>().ProveAsync(stored.Id, SecretDigest.Of(value), value, stored.SecretHash, isCurrent: true, default);
}
