using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task An_application_that_can_judge_tokens_is_healthy()
    {
        await using var app = await StartAsync();

        var report = await CheckAsync(app);

        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal(
            ["circuit: closed", "clockDifferenceSeconds: 0", "feed: none", "pendingUses: 0", "store: up"],
            [.. report.Data.Select(static fact => $"{fact.Key}: {fact.Value}").Order()]);
    }

    [Fact]
    public async Task A_store_that_does_not_answer_makes_it_unhealthy_and_503()
    {
        await using var app = await StartAsync(healthEndpoint: true);
        app.Store.Fail();

        var report = await CheckAsync(app);
        using var response = await app.GetAsync("/health");

        Assert.Equal((HealthStatus.Unhealthy, "down"), (report.Status, report.Data["store"]));
        Assert.IsType<TimeoutException>(report.Exception);
        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task What_a_store_that_does_not_answer_means_is_the_applications_to_say()
    {
        await using var app = await TestApp.StartAsync(services: builder =>
            builder.Services.AddHealthChecks().AddPersonalAccessTokens("tokens", HealthStatus.Degraded, ["ready"]));
        app.Store.Fail();

        var report = await app.Services.GetRequiredService<HealthCheckService>()
            .CheckHealthAsync(registration => registration.Tags.Contains("ready"));

        Assert.Equal(HealthStatus.Degraded, report.Entries["tokens"].Status);
    }

    [Fact]
    public async Task A_feed_that_is_not_heard_degrades_it()
    {
        await using var app = await StartAsync(services => services.AddSingleton<IPersonalAccessTokenChangeFeed, UnreachableFeed>());

        var report = await CheckAsync(app);

        Assert.Equal((HealthStatus.Degraded, "down"), (report.Status, report.Data["feed"]));
        Assert.Contains("The change feed is down", report.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1_000, HealthStatus.Healthy)]
    [InlineData(-1_000, HealthStatus.Healthy)]
    [InlineData(1_001, HealthStatus.Degraded)]
    [InlineData(-1_001, HealthStatus.Degraded)]
    public async Task A_clock_more_than_a_second_off_the_databases_degrades_it(int milliseconds, HealthStatus expected)
    {
        await using var app = await StartAsync();
        app.Store.Skew = TimeSpan.FromMilliseconds(milliseconds);

        var report = await CheckAsync(app);

        Assert.Equal((expected, -milliseconds / 1_000.0), (report.Status, report.Data["clockDifferenceSeconds"]));
    }

    [Fact]
    public async Task A_hash_with_an_unknown_pepper_key_degrades_it()
    {
        await using var app = await StartAsync();
        var issued = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Set<PersonalAccessToken>().ExecuteUpdateAsync(set => set.SetProperty(
                token => token.SecretHash, $"$hmac-sha256$keyid=Zm9yZ290dGVu${Convert.ToBase64String(new byte[32]).TrimEnd('=')}"));
        }

        app.Services.GetRequiredService<VerificationCache>().Remove(issued.Token!.Id);
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => app.Manager.VerifyAsync(issued.Value!));

        var report = await CheckAsync(app);

        Assert.Equal(HealthStatus.Degraded, report.Status);
        Assert.Contains("pepper", report.Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50_000, HealthStatus.Healthy)]
    [InlineData(50_001, HealthStatus.Degraded)]
    public async Task More_than_50_000_last_uses_that_wait_in_memory_degrade_it(int uses, HealthStatus expected)
    {
        await using var app = await StartAsync();
        var recorder = app.Services.GetRequiredService<UsageRecorder>();
        for (var i = 0; i < uses; i++)
        {
            recorder.Record(new PersonalAccessTokenUse(Guid.CreateVersion7(app.Time.GetUtcNow()), app.Time.GetUtcNow(), null));
        }

        var report = await CheckAsync(app);

        Assert.Equal((expected, uses), (report.Status, report.Data["pendingUses"]));
    }

    [Fact]
    public async Task An_open_circuit_makes_it_unhealthy_and_the_store_is_not_asked()
    {
        await using var app = await StartAsync();
        app.Store.Fail();
        for (var failures = 0; failures < 3; failures++)
        {
            await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => app.Manager.VerifyAsync(TokenValues.OfUnknownId()));
        }

        await Eventually.TrueAsync(() => app.Services.GetRequiredService<StoreGuard>().IsOpen);
        var probes = app.Store.CallsOf("GetUtcNowAsync");

        var report = await CheckAsync(app);

        Assert.Equal(
            (HealthStatus.Unhealthy, "down", "open"), (report.Status, report.Data["store"], report.Data["circuit"]));
        Assert.Equal("The token store does not answer.", report.Description);
        Assert.Equal(probes, app.Store.CallsOf("GetUtcNowAsync"));
    }

    private static Task<TestApp> StartAsync(Action<IServiceCollection>? configure = null, bool healthEndpoint = false) =>
        TestApp.StartAsync(
            map: healthEndpoint ? app => app.MapHealthChecks("/health") : null,
            services: builder =>
            {
                builder.Services.AddHealthChecks().AddPersonalAccessTokens();
                configure?.Invoke(builder.Services);
            });

    private static async Task<HealthReportEntry> CheckAsync(TestApp app) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Entries["personal_access_tokens"];

    private sealed class UnreachableFeed : IPersonalAccessTokenChangeFeed
    {
        public bool GoesWithWrites => false;

        public Task PublishAsync(PersonalAccessTokenNotice notice, CancellationToken cancellationToken) =>
            throw new IOException("Nobody listens there.");

        public Task<IPersonalAccessTokenChangeSubscription> SubscribeAsync(CancellationToken cancellationToken) =>
            throw new IOException("Nobody listens there.");
    }
}
