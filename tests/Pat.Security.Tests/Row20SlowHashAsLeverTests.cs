using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Pat.Security.Tests;

/// <summary>
/// Row 20. The slow hash was a lever for overload (several). A malformed or unknown token is refused without a hash, and a wrong secret by
/// its tag, so that only the genuine one is ever hashed, once.
/// </summary>
public sealed class Row20SlowHashAsLeverTests
{
    private const int Callers = 64;

    [Fact]
    public async Task Row_20_Among_100_000_presentations_by_64_callers_the_genuine_one_alone_is_hashed_and_kept()
    {
        const int Presentations = 100_000;
        const int Known = 1_000;
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var known = new List<Guid>();
        for (var i = 0; i < Known; i++)
        {
            known.Add((await application.IssueAsync($"owner {i}")).Token.Id);
        }

        var (_, genuine) = await application.IssueAsync();

        // As a database that has to be waited for: meanwhile the others come.
        cold.Store.AfterLookup = static async () => await Task.Yield();
        var presenting = Parallel.ForEachAsync(
            Enumerable.Range(0, Presentations),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (presentation, _) =>
            {
                var wrong = PersonalAccessTokenFormat.Create("pat", known[presentation % Known]);
                Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await cold.RefusalOfAsync(wrong));
                if (presentation % 100 == 0)
                {
                    var unknown = PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(cold.Now));
                    Assert.Equal(PersonalAccessTokenRefusal.UnknownId, await cold.RefusalOfAsync(unknown));
                    Assert.Equal(PersonalAccessTokenRefusal.Malformed, await cold.RefusalOfAsync(wrong[..^1]));
                }

                if (presentation == Presentations / 2)
                {
                    Assert.Equal((0, 0), (cold.Hashes, cold.Get<VerificationCache>().Count));
                    Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(genuine));
                }
            });
        await cold.Time.PassWhileAsync(presenting);

        Assert.Equal((1, 1), (cold.Hashes, cold.Get<VerificationCache>().Count));
    }

    [Fact]
    public async Task Row_20_Among_100_000_requests_of_64_callers_the_genuine_token_alone_is_hashed_and_kept()
    {
        const int Requests = 100_000;
        const int Known = 1_000;
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            tokens: options =>
            {
                options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Argon2id;
                (options.Hashing.MemoryKib, options.Hashing.Iterations) = (64, 1);
            },
            services: builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        var known = new List<string>();
        for (var i = 0; i < Known; i++)
        {
            known.Add(await TokenValues.StoreColdAsync(app, change: token => token.OwnerId = $"owner {i}"));
        }

        var genuine = known[0];
        var cache = app.Services.GetRequiredService<VerificationCache>();
        using var hashes = new MetricCollector<double>(
            app.Services.GetRequiredService<IMeterFactory>(), "Pat", "pat.verification.hash.duration");
        var requesting = Parallel.ForEachAsync(
            Enumerable.Range(0, Requests),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (request, _) =>
            {
                var wrong = (request % 100) switch
                {
                    0 => $"pat_garbage{request}",
                    1 => TokenValues.OfUnknownId(),
                    _ => TokenValues.WithWrongSecret(known[request % Known]),
                };
                Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(UsualEndpoints.Read, wrong).StatusAsync());
                if (request == Requests / 2)
                {
                    Assert.Equal((0, 0), (hashes.GetMeasurementSnapshot().Count, cache.Count));
                    Assert.Equal(HttpStatusCode.OK, await app.GetAsync(UsualEndpoints.Read, genuine).StatusAsync());
                }
            });
        await app.Time.PassWhileAsync(requesting);

        Assert.Equal((1, 1), (hashes.GetMeasurementSnapshot().Count, cache.Count));
    }
}
