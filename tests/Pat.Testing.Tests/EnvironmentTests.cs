using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.Testing.Tests;

/// <summary>Where an application with tokens for tests starts, by hosts behind Kestrel.</summary>
public sealed class EnvironmentTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.SqliteMemory();

    [Theory]
    [InlineData("Development")]
    [InlineData("Testing")]
    public async Task It_works_in(string environment)
    {
        await using var application = Build(environment);
        await using (var scope = application.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PersonalAccessTokenDbContext>().Database.EnsureCreatedAsync();
        }

        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", await application.Services.CreatePersonalAccessTokenAsync("alice", "write"));

        Assert.Equal("alice", await client.GetStringAsync(new Uri("/", UriKind.Relative)));
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    [InlineData("Developments")]
    [InlineData("Test")]
    public async Task It_does_not_start_in(string environment)
    {
        await using var application = Build(environment);

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => application.StartAsync());

        Assert.Contains("AddPersonalAccessTokenTesting()", fault.Message, StringComparison.Ordinal);
        Assert.Contains($"must be Development or Testing, and it is {environment}.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_does_not_start_it_makes_no_tokens_either()
    {
        await using var application = Build("Production");

        await Assert.ThrowsAsync<OptionsValidationException>(() => application.Services.CreatePersonalAccessTokenAsync("alice", "read"));
    }

    [Fact]
    public async Task Without_an_environment_it_makes_no_tokens()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDbContext<PersonalAccessTokenDbContext>(_database.Configure);
        services.AddPersonalAccessTokenCore().AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        await using var provider = services.AddPersonalAccessTokenTesting().BuildServiceProvider();

        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => provider.CreatePersonalAccessTokenAsync("alice", "read"));

        Assert.Contains("it is not known.", fault.Message, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private WebApplication Build(string environment)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<PersonalAccessTokenDbContext>(_database.Configure);

        // Before the application's own, which must not undo it.
        builder.Services.AddPersonalAccessTokenTesting();
        builder.Services.AddPersonalAccessTokens().AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        var application = builder.Build();
        application.MapGet("/", (System.Security.Claims.ClaimsPrincipal user) => user.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)!.Value)
            .RequireScope("read");
        return application;
    }
}
