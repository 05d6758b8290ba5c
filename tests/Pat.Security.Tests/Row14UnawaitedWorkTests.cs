using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Pat.EntityFrameworkCore;

namespace Pat.Security.Tests;

/// <summary>
/// Row 14. Database work went on un-awaited after the request (Granit). Uses are written by a background service that the host waits for
/// within bounds; what it could not write it reports as lost, and a write that outlives the shutdown has somebody who looks at how it ends.
/// </summary>
/// <remarks>
/// Further evidence: StoppingTests of a process and the rule of the history checker that looks for exceptions nobody looked at
/// (Pat.History.Tests).
/// </remarks>
public sealed class Row14UnawaitedWorkTests(PostgresServer server)
{
    private const int Workers = 16;
    private const int FlushFailed = 410;
    private const int Lost = 411;

    [Fact]
    public async Task Row_14_a_write_that_fails_after_the_shutdown_is_nobodys_surprise()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Add(args.Exception);
        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            await FailAfterShutdownAsync();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }

        Assert.DoesNotContain(unobserved, exception => exception.ToString().Contains("after the shutdown", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_14_a_database_and_a_host_that_stop_under_load_leave_no_fault_unobserved()
    {
        var unobserved = new ConcurrentQueue<Exception>();
        void Observe(object? sender, UnobservedTaskExceptionEventArgs args) => unobserved.Enqueue(args.Exception);
        TaskScheduler.UnobservedTaskException += Observe;
        try
        {
            await StopUnderLoadAsync();
            for (var i = 0; i < 3; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Observe;
        }

        Assert.DoesNotContain(unobserved, exception => exception.ToString().Contains(" Pat.", StringComparison.Ordinal));
    }

    private static async Task FailAfterShutdownAsync()
    {
        await using var application = await TokenApplication.CreateAsync();
        var (hanging, stopping) = await application.StopWhileStoreHangsAsync();
        await application.Time.NextDelayAsync();
        application.Time.Advance(TimeSpan.FromSeconds(5));
        await stopping.WaitAsync(TestDeadline.Limit);

        hanging.SetException(new TimeoutException("It fails after the shutdown."));
    }

    private async Task StopUnderLoadAsync()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var services = await StartAsync(database);
        var tokens = await IssueAsync(services);
        var hosted = services.GetServices<IHostedService>().ToList();
        foreach (var service in hosted)
        {
            await service.StartAsync(default);
        }

        var logs = services.GetFakeLogCollector();
        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, Workers).Select(worker => Task.Run(() => PresentAsync(services, tokens, worker, end.Token))).ToList();
        await Eventually.TrueAsync(() => services.GetRequiredService<UsageRecorder>().Count > 0);
        await using (await server.ShutOutAsync(database))
        {
            await Eventually.TrueAsync(() => logs.GetSnapshot().Any(record => record.Id.Id == FlushFailed));
            foreach (var service in hosted)
            {
                await service.StopAsync(default);
            }

            await end.CancelAsync();
            await Task.WhenAll(load);
        }

        // What could not be written is bounded by the tokens there are, and said.
        Assert.InRange(services.GetRequiredService<UsageRecorder>().Count, 1, tokens.Count);
        Assert.Contains(logs.GetSnapshot(), record => record.Id.Id == Lost);
    }

    private static Task<ServiceProvider> StartAsync(TestDatabase database) =>
        StoreServices.CreateAsync<PersonalAccessTokenDbContext>(
            services => services
                .AddLogging(logging => logging.AddFakeLogging())
                .AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure)
                .Configure<PersonalAccessTokenOptions>(options =>
                {
                    options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
                    options.UsageResolution = TimeSpan.Zero;
                    options.UsageFlushInterval = TimeSpan.FromMilliseconds(100);

                    // Uses are noted once a second, so that some are while the database is away.
                    options.MaxStaleness = TimeSpan.FromSeconds(3);
                }),
            builder => builder.UsePostgreSql());

    private static async Task<IReadOnlyList<string>> IssueAsync(ServiceProvider services)
    {
        var values = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var result = await services.GetRequiredService<PersonalAccessTokenManager>().CreateAsync(new()
            {
                OwnerId = "alice", Name = $"token {i}", Scopes = ["read"], ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
            });
            values.Add(result.Value!);
        }

        return values;
    }

    /// <summary>Presents tokens as requests do. An outage is an outage, whatever else is going on: no other fault comes through.</summary>
    private static async Task PresentAsync(IServiceProvider services, IReadOnlyList<string> tokens, int seed, CancellationToken end)
    {
        var verifier = services.GetRequiredService<PersonalAccessTokenVerifier>();
        var random = new Random(seed);
        while (!end.IsCancellationRequested)
        {
            try
            {
                var verdict = await verifier.VerifyAsync(tokens[random.Next(tokens.Count)], CancellationToken.None);
                Assert.Equal(PersonalAccessTokenRefusal.None, verdict.Refusal);
                verifier.NoteUse(verdict, null);
            }
            catch (PersonalAccessTokenUnavailableException)
            {
            }

            await Task.Yield();
        }
    }
}
