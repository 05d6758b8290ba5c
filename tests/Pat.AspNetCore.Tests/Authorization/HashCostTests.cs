using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;

namespace Pat.AspNetCore.Tests;

/// <summary>Row 20 of the known failures: no slow hash for what is no token.</summary>
public sealed class HashCostTests
{
    [Fact]
    public async Task Row_20_Among_100_000_requests_of_64_callers_the_genuine_token_alone_is_hashed_and_kept()
    {
        const int Requests = 100_000;
        const int Callers = 64;
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
        await Parallel.ForEachAsync(
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

        Assert.Equal((1, 1), (hashes.GetMeasurementSnapshot().Count, cache.Count));
    }
}
