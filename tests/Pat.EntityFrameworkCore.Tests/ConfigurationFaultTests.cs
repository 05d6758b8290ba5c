using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class ConfigurationFaultTests
{
    [Fact]
    public async Task A_context_without_the_tables_stops_the_start_with_the_cure()
    {
        var failures = await FailuresAsync<ContextWithoutTokens>(
            services => services.AddDbContext<ContextWithoutTokens>(options => options.UseSqlite("Data Source=/nowhere/at-all.db")));

        Assert.Contains(
            "AddEntityFrameworkStore<ContextWithoutTokens>(): ContextWithoutTokens has no tables for tokens. Call modelBuilder.AddPersonalAccessTokens() in OnModelCreating of ContextWithoutTokens, and add a migration.",
            failures);
    }

    [Fact]
    public async Task A_context_that_is_not_registered_stops_the_start_with_the_cure()
    {
        var failures = await FailuresAsync<NotesDbContext>(_ => { });

        Assert.Contains(
            "AddEntityFrameworkStore<NotesDbContext>(): NotesDbContext is not registered. Add it: services.AddDbContextPool<NotesDbContext>(options => ...).",
            failures);
    }

    [Fact]
    public async Task A_context_without_a_provider_stops_the_start_with_what_is_wrong_with_it()
    {
        var failures = await FailuresAsync<NotesDbContext>(services => services.AddDbContext<NotesDbContext>());

        Assert.Contains(failures, failure =>
            failure.StartsWith("AddEntityFrameworkStore<NotesDbContext>(): NotesDbContext can't be made: ", StringComparison.Ordinal)
            && failure.Contains("provider", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_fault_of_the_context_is_listed_beside_the_other_faults()
    {
        var failures = await FailuresAsync<NotesDbContext>(
            services => services.Configure<PersonalAccessTokenOptions>(options => options.TokenPrefix = "NO"));

        Assert.Equal(2, failures.Count());
    }

    [Fact]
    public async Task A_database_that_is_not_there_yet_does_not_stop_the_start()
    {
        using var host = CreateHost<NotesDbContext>(services =>
            services.AddDbContext<NotesDbContext>(options => options.UseSqlite("Data Source=/nowhere/at-all.db")));

        await host.StartAsync();
        await host.StopAsync();
    }

    private static async Task<IEnumerable<string>> FailuresAsync<TContext>(Action<IServiceCollection> register)
        where TContext : DbContext
    {
        using var host = CreateHost<TContext>(register);
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures;
    }

    private static IHost CreateHost<TContext>(Action<IServiceCollection> register)
        where TContext : DbContext
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPersonalAccessTokenCore().AddEntityFrameworkStore<TContext>();
        register(builder.Services);
        return builder.Build();
    }
}
