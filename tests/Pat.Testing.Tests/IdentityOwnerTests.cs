using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.Testing.Tests;

/// <summary>Tokens for the users of ASP.NET Core Identity.</summary>
public sealed class IdentityOwnerTests : IAsyncDisposable
{
    private readonly TestDatabase _database = TestDatabase.SqliteMemory();

    [Fact]
    public async Task A_user_that_exists_gets_one()
    {
        await using var factory = await StartAsync();
        await using var scope = factory.Services.CreateAsyncScope();
        var alice = new IdentityUser("alice");
        await scope.ServiceProvider.GetRequiredService<UserManager<IdentityUser>>().CreateAsync(alice);
        var token = await factory.Services.CreatePersonalAccessTokenAsync(alice.Id, "read");

        var verification = await factory.Services.GetRequiredService<PersonalAccessTokenManager>().VerifyAsync(token);

        Assert.Equal(alice.Id, verification.Token!.OwnerId);
    }

    [Fact]
    public async Task One_that_does_not_exist_is_told()
    {
        await using var factory = await StartAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => factory.Services.CreatePersonalAccessTokenAsync("nobody", "read"));

        Assert.Equal("The application knows no active user with the id 'nobody'. Create the user first, and give the id, not the name.", fault.Message);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Logging.ClearProviders();
        builder.Services.AddDbContext<AppDbContext>(_database.Configure);
        builder.Services.AddIdentityCore<IdentityUser>().AddEntityFrameworkStores<AppDbContext>();
        builder.Services.AddPersonalAccessTokens().AddEntityFrameworkStore<AppDbContext>().AddIdentityOwners<IdentityUser, AppDbContext>();
        builder.Services.AddPersonalAccessTokenTesting();
        var application = builder.Build();
        await using var scope = application.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AppDbContext>().Database.EnsureCreatedAsync();
        return application;
    }

    private sealed class AppDbContext(DbContextOptions<AppDbContext> options) : IdentityDbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.AddPersonalAccessTokens();
        }
    }
}
