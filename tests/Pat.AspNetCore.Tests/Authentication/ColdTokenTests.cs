using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

public sealed class ColdTokenTests
{
    private const int Callers = 64;

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
