using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.Fuzz;

/// <summary>
/// The management API behind a real Kestrel on the loopback, over SQLite in memory, on a clock that stands. Everybody who
/// asks is signed in as one user.
/// </summary>
internal sealed class FuzzHost : IAsyncDisposable
{
    public const string Path = "/api/auth/access_tokens";
    public const string Owner = "alice";

    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private FuzzHost(TestDatabase database, WebApplication app, FakeTimeProvider time)
    {
        (_database, _app, Time) = (database, app, time);
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Client { get; }

    public FakeTimeProvider Time { get; }

    public PersonalAccessTokenManager Manager => _app.Services.GetRequiredService<PersonalAccessTokenManager>();

    public static async Task<FuzzHost> StartAsync()
    {
        var database = TestDatabase.SqliteMemory();
        var time = new FakeTimeProvider(SampleTokens.Start);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddProblemDetails();
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        builder.Services.AddAuthentication(SignedIn.Scheme).AddScheme<AuthenticationSchemeOptions, SignedIn>(SignedIn.Scheme, null);
        builder.Services.AddAuthorization();
        builder.Services.AddPersonalAccessTokens(options =>
        {
            options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256;
            options.MaxTokensPerOwner = 10_000;
            options.MaxSecretsPerOwnerPerDay = 1_000_000;
        }).AddEntityFrameworkStore<PersonalAccessTokenDbContext>();

        var app = builder.Build();
        await using (var context = await app.Services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync())
        {
            await context.Database.EnsureCreatedAsync();
        }

        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapPersonalAccessTokens();
        await app.StartAsync();
        return new FuzzHost(database, app, time);
    }

    /// <summary>A context on the database, past everything.</summary>
    public Task<PersonalAccessTokenDbContext> OpenAsync() =>
        _app.Services.GetRequiredService<IDbContextFactory<PersonalAccessTokenDbContext>>().CreateDbContextAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private sealed class SignedIn(
        IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        public new const string Scheme = "SignedIn";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, Owner)], Scheme)), Scheme)));
    }
}
