using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Pat.AspNetCore;
using Pat.EntityFrameworkCore;

namespace Pat.Manual.Tests;

/// <summary>An application with OpenID Connect and tokens, added as docs/adding-to-an-application.md says. The provider is an address alone.</summary>
public sealed class OpenIdConnectApplication : IAsyncLifetime
{
    private readonly string _database = Path.GetTempFileName();
    private readonly WebApplication _app;

    public OpenIdConnectApplication() => _app = Build(_database);

    public Uri Address => new(_app.Urls.First());

    /// <summary>A token of Alice's that may read.</summary>
    public string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        await using (var scope = _app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<PersonalAccessTokenDbContext>().Database.EnsureCreatedAsync();
        }

        await _app.StartAsync();
        var created = await _app.Services.GetRequiredService<PersonalAccessTokenManager>().CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = "alice",
            Name = "laptop",
            Scopes = ["read"],
            ExpiresAt = TimeProvider.System.GetUtcNow().AddDays(1),
        });
        Token = created.Value!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        File.Delete(_database);
    }

    private static WebApplication Build(string database)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddAuthentication(options =>
            {
                options.DefaultScheme = "Cookies";
                options.DefaultChallengeScheme = "OpenIdConnect";
            })
            .AddCookie("Cookies")
            .AddOpenIdConnect("OpenIdConnect", options =>
            {
                options.Authority = "https://login.example.com";
                options.ClientId = "tasks";
                options.ResponseType = "code";
                options.MapInboundClaims = false;
                options.Configuration = new OpenIdConnectConfiguration { AuthorizationEndpoint = "https://login.example.com/authorize" };
            });
        builder.Services.AddDbContextPool<PersonalAccessTokenDbContext>(options => options.UseSqlite($"Data Source={database}"));
        
        // Other tests may keep the machine busy.
        builder.Services.AddPersonalAccessTokens(options => options.StoreTimeout = TimeSpan.FromSeconds(30))
            .AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        builder.Services.Configure<PersonalAccessTokenAuthenticationOptions>(
            PersonalAccessTokenDefaults.AuthenticationScheme, options => options.OwnerIdClaimType = "sub");

        var app = builder.Build();
        app.MapGet("/page", () => "A page").RequireAuthorization();
        app.MapGet("/tasks", (ClaimsPrincipal user) => user.FindFirstValue("sub")).RequireScope("read");
        return app;
    }
}
