using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Pat.AspNetCore.Tests;

/// <summary>Row 20 of the known failures: no slow hash for what is no token.</summary>
public sealed class HashCostTests
{
    private const int Attempts = 1_000;

    [Fact]
    public async Task Row_20_Garbage_unknown_and_wrong_secret_tokens_cost_no_hash_and_the_genuine_one_passes_meanwhile()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGet("/scope", Answers.Who).RequireScope("read"));
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var hashes = new MetricCollector<double>(
            app.Services.GetRequiredService<IMeterFactory>(), "Pat", "pat.verification.hash.duration");

        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var wrong = (attempt % 3) switch
            {
                0 => $"pat_garbage{attempt}",
                1 => PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(app.Time.GetUtcNow())),
                _ => PersonalAccessTokenFormat.Create("pat", created.Token!.Id),
            };
            Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync("/scope", wrong).StatusAsync());
            if (attempt == Attempts / 2)
            {
                Assert.Empty(hashes.GetMeasurementSnapshot());
                Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", created.Value).StatusAsync());
                hashes.Clear();
            }
        }

        Assert.Empty(hashes.GetMeasurementSnapshot());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", created.Value).StatusAsync());
    }
}
