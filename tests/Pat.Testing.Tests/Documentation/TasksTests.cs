using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Pat.Testing.Tests;

/// <summary>The tests of docs/testing.md, which are run as they stand there.</summary>
public sealed class TasksTests(TasksFactory factory) : IClassFixture<TasksFactory>
{
    [Fact]
    public async Task A_token_that_may_only_read_adds_nothing()
    {
        var client = factory.CreateClient();
        var token = await factory.Services.CreatePersonalAccessTokenAsync("alice", "read");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tasks")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync("/api/tasks?name=Feed", null)).StatusCode);
    }

    [Fact]
    public async Task Without_a_token_nothing_is_read()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await factory.CreateClient().GetAsync("/api/tasks")).StatusCode);
    }

    [Fact]
    public async Task An_expired_token_is_told_that_it_is_invalid()
    {
        var client = factory.CreateClient();
        var token = await factory.Services.CreateExpiredPersonalAccessTokenAsync("alice", "read");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var response = await client.GetAsync("/api/tasks");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_token_is_refused_at_once()
    {
        var client = factory.CreateClient();
        var token = await factory.Services.CreatePersonalAccessTokenAsync("bob", "read");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tasks")).StatusCode);

        await factory.Services.GetRequiredService<PersonalAccessTokenManager>().RevokeAllAsync("bob");

        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/tasks")).StatusCode);
    }

    [Fact]
    public async Task A_token_works_until_its_time_is_over()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var application = factory.WithWebHostBuilder(builder =>
            builder.ConfigureTestServices(services => services.AddSingleton<TimeProvider>(clock)));
        var client = application.CreateClient();
        var token = await application.Services.CreatePersonalAccessTokenAsync("alice", "read");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/api/tasks")).StatusCode);

        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/api/tasks")).StatusCode);
    }
}
