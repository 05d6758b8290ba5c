using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.AspNetCore.TestSupport;

/// <summary>
/// What the tests' applications have in common: Kestrel on a port of its own, tokens in a database of the test's, its clock, a log that it
/// reads, SHA-256 for speed, and sign-in by cookie.
/// </summary>
public static class TestHost
{
    public static WebApplicationBuilder CreateBuilder(TestDatabase database, ObservedTime time)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddFakeLogging().SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        return builder;
    }

    /// <summary>Adds tokens as a test wants them, in a store that counts what it is asked, and fails on demand.</summary>
    public static PersonalAccessTokenBuilder AddTokens(
        IServiceCollection services, ObservedTime time, Action<PersonalAccessTokenOptions>? configure)
    {
        var tokens = services.AddPersonalAccessTokens(options =>
        {
            options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
            configure?.Invoke(options);
        }).AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        InterceptedStore.Intercept(services, time);
        return tokens;
    }

    /// <summary>Cookies as most applications have them: 302 to a sign-in page.</summary>
    public static AuthenticationBuilder AddCookies(AuthenticationBuilder authentication) =>
        authentication.AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, options => options.LoginPath = "/login");

    public static async Task CreateSchemaAsync(WebApplication app)
    {
        await using var context = await app.Services
            .GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();
        await context.Database.EnsureCreatedAsync();
    }

    /// <summary>Maps <c>/sign-in?user=alice&amp;claims=role:admin,email:a@b</c>. A user without a name has no id.</summary>
    public static void MapSignIn(WebApplication app) =>
        app.MapGet("/sign-in", (HttpContext context, string user, string? claims) => SignInAsync(context, user, claims)).AllowAnonymous();

    private static async Task SignInAsync(HttpContext context, string user, string? claims)
    {
        var identity = new ClaimsIdentity(CookieAuthenticationDefaults.AuthenticationScheme);
        if (user.Length > 0)
        {
            identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, user));
            identity.AddClaim(new Claim(ClaimTypes.Name, user));
        }

        foreach (var claim in (claims ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var (type, value) = (claim.Split(':')[0], claim.Split(':')[1]);
            identity.AddClaim(new Claim(type == "role" ? ClaimTypes.Role : type, value));
        }

        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, new ClaimsPrincipal(identity));
    }
}
