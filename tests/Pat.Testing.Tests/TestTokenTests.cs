using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Testing.Tests;

/// <summary>What tokens for tests are.</summary>
public sealed class TestTokenTests(TasksFactory factory) : IClassFixture<TasksFactory>
{
    [Theory]
    [InlineData("read", HttpStatusCode.Forbidden)]
    [InlineData("write", HttpStatusCode.OK)]
    public async Task They_do_what_their_scopes_allow(string scope, HttpStatusCode answer)
    {
        var client = Client(await factory.Services.CreatePersonalAccessTokenAsync("alice", scope));

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tasks")).StatusCode);
        Assert.Equal(answer, (await client.PostAsync("/api/tasks?name=Feed", null)).StatusCode);
    }

    [Fact]
    public async Task They_are_the_owners_in_the_store_and_hashed_fast()
    {
        var value = await factory.Services.CreatePersonalAccessTokenAsync("carol", "read", "write");

        var token = await factory.Services.GetRequiredService<PersonalAccessTokenManager>().FindByValueAsync(value);

        Assert.StartsWith("acme_pat_", value, StringComparison.Ordinal);
        Assert.Equal("carol", token!.OwnerId);
        Assert.Equal(["read", "write"], token.Scopes);
        Assert.StartsWith("$sha256$", token.SecretHash, StringComparison.Ordinal);
        Assert.Equal(token.CreatedAt.AddDays(1), token.ExpiresAt!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_user_can_have_more_of_them_than_an_application_allows()
    {
        for (var i = 0; i <= 100; i++)
        {
            await factory.Services.CreatePersonalAccessTokenAsync("dave", "read");
        }

        Assert.Equal(101, await factory.Services.GetRequiredService<PersonalAccessTokenManager>().RevokeAllAsync("dave"));
    }

    [Fact]
    public async Task They_last_no_longer_than_the_application_allows()
    {
        await using var application = With(services => services.PostConfigure<PersonalAccessTokenOptions>(
            options => options.MaxLifetime = TimeSpan.FromMinutes(5)));

        var value = await application.Services.CreatePersonalAccessTokenAsync("alice", "read");

        var token = await application.Services.GetRequiredService<PersonalAccessTokenManager>().FindByValueAsync(value);
        Assert.Equal(token!.CreatedAt.AddMinutes(5), token.ExpiresAt!.Value, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task An_expired_one_is_shown_as_such()
    {
        var value = await factory.Services.CreateExpiredPersonalAccessTokenAsync("erin", "read");

        var manager = factory.Services.GetRequiredService<PersonalAccessTokenManager>();

        Assert.Equal(PersonalAccessTokenStatus.Expired, manager.StatusOf((await manager.FindByValueAsync(value))!));
        Assert.Equal(PersonalAccessTokenRefusal.Expired, (await manager.VerifyAsync(value)).Refusal);
    }

    [Fact]
    public async Task A_scope_that_is_none_is_named()
    {
        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => factory.Services.CreatePersonalAccessTokenAsync("alice", "raed"));

        Assert.Equal("There is no scope 'raed'. The scopes are read, write.", fault.Message);
    }

    [Fact]
    public async Task An_application_without_them_says_how_to_add_them()
    {
        await using var provider = new ServiceCollection().BuildServiceProvider();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.CreatePersonalAccessTokenAsync("alice", "read"));

        Assert.Contains("services.AddPersonalAccessTokenTesting()", fault.Message, StringComparison.Ordinal);
    }

    private WebApplicationFactory<Program> With(Action<IServiceCollection> configure) =>
        factory.WithWebHostBuilder(builder => builder.ConfigureTestServices(configure));

    private HttpClient Client(string token)
    {
        var client = factory.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
