using Microsoft.EntityFrameworkCore;
using Pat.EntityFrameworkCore;

namespace Pat.Security.Tests;

/// <summary>
/// Row 13. Last-used writes stormed and deadlocked (Sanctum #91, #207, #574). A use is noted in memory once for each resolution and written
/// in batches off the request's path, with the rows locked in one order; a database that takes no writes stops no token.
/// </summary>
/// <remarks>
/// Also <see cref="Row13LastUseStormInStoresTests"/>.
/// </remarks>
public sealed class Row13LastUseStormTests
{
    private const int Requests = 1_000;

    private static readonly TimeSpan Resolution = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Row_13_a_thousand_uses_of_one_token_at_once_are_one_write_in_each_resolution()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        for (var interval = 1; interval <= 2; interval++)
        {
            var usedAt = application.Now;
            for (var flush = 0; flush < 2; flush++)
            {
                await Task.WhenAll(Enumerable.Range(0, 1_000).Select(_ => Task.Run(() => application.UseAsync(value))));
                await application.FlushAsync();
                Assert.Equal((interval, 0), (application.Store.CallsOf("RecordUseAsync"), application.Get<UsageRecorder>().Count));
            }

            Assert.Equal(usedAt, (await application.ReadAsync(token.Id)).LastUsedAt);
            application.Time.Advance(TimeSpan.FromMinutes(5));
        }
    }

    [Fact]
    public async Task Row_13_tokens_work_while_the_database_takes_no_writes()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (token, value) = await application.IssueAsync();
        await using (var context = await application.Get<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.ExecuteSqlRawAsync(
                """CREATE TRIGGER read_only BEFORE UPDATE ON "PersonalAccessTokens" BEGIN SELECT RAISE(ABORT, 'read-only'); END""");
        }

        await application.UseAsync(value);
        await application.FlushAsync();

        Assert.Equal(1, application.Get<UsageRecorder>().Count);
        Assert.Single(application.Logged(410));
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

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
    public async Task Row_13_A_use_keeps_the_moment_and_the_network()
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
