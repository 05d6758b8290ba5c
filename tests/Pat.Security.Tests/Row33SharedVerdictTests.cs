using System.Net;
using Microsoft.AspNetCore.Builder;
using static Pat.TestSupport.Proofs;

namespace Pat.Security.Tests;

/// <summary>
/// Row 33. A wrong secret would share the right one's verdict; this one is ours to prevent. A hash under way is shared by those alone who
/// present the same id and the same secret.
/// </summary>
public sealed class Row33SharedVerdictTests
{
    private const int Callers = 64;

    [Fact]
    public async Task Row_33_Of_64_callers_at_once_exactly_those_with_the_right_secret_pass()
    {
        await using var application = await TokenApplication.CreateAsync(database: TestDatabase.SqliteFile());
        var (token, value) = await application.IssueAsync();
        for (var round = 0; round < 3; round++)
        {
            await using var cold = application.AddNode();
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var callers = Enumerable.Range(0, Callers).Select(async caller =>
            {
                var presented = caller % 2 == 0 ? value : PersonalAccessTokenFormat.Create("pat", token.Id);
                await start.Task;
                return await cold.RefusalOfAsync(presented);
            }).ToList();

            start.SetResult();
            var refusals = await Task.WhenAll(callers);

            Assert.Equal(
                Enumerable.Range(0, Callers).Select(caller => caller % 2 == 0 ? PersonalAccessTokenRefusal.None : PersonalAccessTokenRefusal.WrongSecret),
                refusals);
        }
    }

    [Fact]
    public async Task Row_33_Another_value_with_the_same_id_or_another_id_shares_no_verdict()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var (another, anothersValue) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var anothersStored = await application.ReadAsync(another.Id);
        var held = await HeldHashRoom.HoldAsync(cold);

        var right = ProveAsync(cold, stored, value);
        var wrong = ProveAsync(cold, stored, PersonalAccessTokenFormat.Create("pat", token.Id));
        var anothers = ProveAsync(cold, anothersStored, anothersValue);

        // Whatever they share, they share it by now: none can have ended.
        await held.ReleaseAsync();

        Assert.Equal(
            [SecretVerdict.Match, SecretVerdict.Mismatch, SecretVerdict.Match],
            await Task.WhenAll(right, wrong, anothers).WaitAsync(TestDeadline.Limit));
    }

    [Fact]
    public async Task Row_33_a_wrong_secret_never_shares_the_right_ones_verdict()
    {
        var arrived = 0;
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options =>
            {
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Argon2id;
                (options.Hashing.MemoryKib, options.Hashing.Iterations) = (64, 1);
            },
            pipeline: Count);
        var token = await TokenValues.StoreColdAsync(app);

        // All are there before any of them hashes.
        app.Store.AfterLookup = () => together.Task;

        var answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var isRight = caller % 2 == 0;
            using var response = await app.GetAsync(UsualEndpoints.Read, isRight ? token : TokenValues.WithWrongSecret(token));
            return (isRight, response.StatusCode);
        }));

        Assert.All(answers, answer => Assert.Equal(
            answer.isRight ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode));

        void Count(WebApplication application)
        {
            application.Use((_, next) =>
            {
                if (Interlocked.Increment(ref arrived) == Callers)
                {
                    together.SetResult();
                }

                return next();
            });
            TestApp.UsualPipeline(application);
        }
    }
}
