using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task The_order_of_the_calls_does_not_matter()
    {
        var services = new ServiceCollection();
        services.AddDbContext<NotesDbContext>(options => options.UseNpgsql("Host=nowhere"));
        services.AddPersonalAccessTokenCore().UsePostgreSql().AddEntityFrameworkStore<NotesDbContext>();
        await using var provider = services.BuildServiceProvider();

        Assert.Equal("PostgreSqlStore", provider.GetRequiredService<IPersonalAccessTokenStore>().GetType().Name);
    }

    private static async Task<IEnumerable<string>> FailuresAsync(Action<PersonalAccessTokenBuilder> add)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        add(builder.Services.AddPersonalAccessTokenCore());
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures;
    }
}
