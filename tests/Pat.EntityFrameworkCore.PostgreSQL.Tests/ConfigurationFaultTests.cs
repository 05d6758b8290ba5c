using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

public sealed class ConfigurationFaultTests
{
    [Fact]
    public async Task A_context_of_another_database_stops_the_start_with_the_cure() =>
        Assert.Equal(
            ["UsePostgreSql(): NotesDbContext uses Microsoft.EntityFrameworkCore.Sqlite. Configure it with UseNpgsql, or leave UsePostgreSql() out."],
            await FailuresAsync(builder =>
            {
                builder.Services.AddDbContext<NotesDbContext>(options => options.UseSqlite("Data Source=:memory:"));
                builder.AddEntityFrameworkStore<NotesDbContext>().UsePostgreSql();
            }));

    [Fact]
    public async Task PostgreSQL_without_a_context_stops_the_start_with_the_cure() =>
        Assert.Equal(
            ["UsePostgreSql() needs a context. Call AddEntityFrameworkStore<YourDbContext>() too."],
            await FailuresAsync(builder => builder.UsePostgreSql()));

    [Fact]
    public async Task A_context_that_is_not_registered_is_one_fault() =>
        Assert.Single(await FailuresAsync(builder => builder.AddEntityFrameworkStore<NotesDbContext>().UsePostgreSql()));

    [Theory]
    [InlineData("")]
    [InlineData("Pat")]
    [InlineData("1pat")]
    [InlineData("pat changes")]
    [InlineData("pat_changes\n")]
    [InlineData("pat;drop")]
    public async Task A_channel_that_is_none_stops_the_start_with_the_cure(string channel) =>
        Assert.Equal(
            [$"UsePostgreSql(): Channel: '{channel}' is no channel's name. Use 1 to 63 lower-case letters, digits and '_', the first no digit: pat_changes."],
            await FailuresAsync(builder => Add(builder).UsePostgreSql(options => options.Channel = channel)));

    [Theory]
    [InlineData("Database=app", "names no host.")]
    [InlineData("Host=db;Passwort=hunter2", "can't be read.")]
    public async Task A_connection_to_listen_by_that_leads_nowhere_stops_the_start_and_is_not_quoted(string connection, string fault)
    {
        var failure = Assert.Single(
            await FailuresAsync(builder => Add(builder).UsePostgreSql(options => options.ListenConnectionString = connection)));

        Assert.StartsWith($"UsePostgreSql(): ListenConnectionString {fault}", failure, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_order_of_the_calls_does_not_matter()
    {
        var services = new ServiceCollection();
        services.AddDbContext<NotesDbContext>(options => options.UseNpgsql("Host=nowhere"));
        services.AddPersonalAccessTokenCore().UsePostgreSql().AddEntityFrameworkStore<NotesDbContext>();
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("PostgreSqlStore", provider.GetRequiredService<IPersonalAccessTokenStore>().GetType().Name);
    }

    [Fact]
    public async Task Options_can_come_from_the_configuration()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Pat:ChangeFeed"] = "false", ["Pat:Channel"] = "No channel" })
            .Build();
        void Configure(PersonalAccessTokenBuilder builder) =>
            Add(builder).UsePostgreSql().Services.Configure<PersonalAccessTokenPostgreSqlOptions>(configuration.GetSection("Pat"));

        Assert.Contains("'No channel' is no channel's name", Assert.Single(await FailuresAsync(Configure)), StringComparison.Ordinal);

        var services = new ServiceCollection();
        Configure(services.AddPersonalAccessTokenCore());
        await using var provider = services.BuildServiceProvider();
        Assert.Null(provider.GetService<IPersonalAccessTokenChangeFeed>());
    }

    private static PersonalAccessTokenBuilder Add(PersonalAccessTokenBuilder builder)
    {
        builder.Services.AddDbContext<NotesDbContext>(options => options.UseNpgsql("Host=nowhere"));
        return builder.AddEntityFrameworkStore<NotesDbContext>();
    }

    private static async Task<IEnumerable<string>> FailuresAsync(Action<PersonalAccessTokenBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services.AddPersonalAccessTokenCore());
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures;
    }
}
