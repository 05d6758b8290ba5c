using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace TaskApi.Tests;

/// <summary>What docs/testing.md says of applications with migrations.</summary>
public sealed class MigratedFactoryTests(MigratedFactory factory) : IClassFixture<MigratedFactory>
{
    [Fact]
    public async Task A_token_works()
    {
        var client = factory.CreateClient();
        await using var scope = factory.Services.CreateAsyncScope();
        var alice = await scope.ServiceProvider.GetRequiredService<AppDbContext>().Users
            .SingleAsync(static user => user.Email == "alice@example.com", TestContext.Current.CancellationToken);
        var token = await factory.Services.CreatePersonalAccessTokenAsync(alice.Id, "read");
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        var response = await client.GetAsync("/api/tasks", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
