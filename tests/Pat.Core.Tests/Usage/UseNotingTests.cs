namespace Pat.Core.Tests;

/// <summary>Row 13 of the known failures: every request wrote the last use.</summary>
public sealed class UseNotingTests
{
    private const int Requests = 1_000;

    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Row_13_Of_1000_uses_at_once_one_is_noted_and_the_next_one_when_the_resolution_has_passed()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        var recorder = application.Get<UsageRecorder>();
        var verifier = application.Get<PersonalAccessTokenVerifier>();

        foreach (var (wait, expected) in new[]
        {
            (TimeSpan.Zero, 1),
            (TimeSpan.Zero, 0),
            (Resolution - TimeSpan.FromMicroseconds(1), 0),
            (TimeSpan.FromMicroseconds(1), 1),
            (TimeSpan.FromSeconds(1), 0),
        })
        {
            application.Time.Advance(wait);
            await application.RefusalOfAsync(value);
            Parallel.For(0, Requests, _ =>
            {
                Assert.True(verifier.TryVerify(value, out var verdict));
                verifier.NoteUse(verdict, null);
            });

            Assert.Equal(Enumerable.Repeat(token.Id, expected), recorder.Take(Requests).Select(use => use.Id));
        }
    }

    [Fact]
    public async Task Row_13_A_use_that_another_node_wrote_within_the_resolution_is_not_noted_again()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var other = application.AddNode();
        var (token, value) = await application.IssueAsync();
        await other.Store.RecordUseAsync([new(token.Id, application.Now, null)], TimeSpan.Zero, default);

        await UseAsync(application, value);
        Assert.Equal(0, application.Get<UsageRecorder>().Count);
        application.Time.Advance(Resolution);
        await UseAsync(application, value);
        Assert.Equal(1, application.Get<UsageRecorder>().Count);
    }

    [Fact]
    public async Task A_use_keeps_the_moment_and_the_network()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromMinutes(1));

        await UseAsync(application, value, "192.0.2.0/24");

        Assert.Equal([new(token.Id, application.Now, "192.0.2.0/24")], application.Get<UsageRecorder>().Take(2));
    }

    private static async Task UseAsync(TokenApplication application, string value, string? address = null)
    {
        var verifier = application.Get<PersonalAccessTokenVerifier>();
        var verdict = await verifier.VerifyAsync(value, default);
        Assert.Equal(PersonalAccessTokenRefusal.None, verdict.Refusal);
        verifier.NoteUse(verdict, address);
    }
}
