using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Pat.AspNetCore;
using Pat.TestSupport;

namespace Pat.Identity.Tests;

/// <summary>An application behind Kestrel whose users sign in with Identity's cookie and manage tokens.</summary>
internal sealed class SessionApplication : IAsyncDisposable
{
    public const string Password = "Passw0rd!";

    private readonly TestDatabase _database;
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private SessionApplication(TestDatabase database, WebApplication app)
    {
        _database = database;
        _app = app;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public FakeTimeProvider Time => (FakeTimeProvider)_app.Services.GetRequiredService<TimeProvider>();

    public static async Task<SessionApplication> StartAsync(TimeSpan? requireRecentSignIn = null)
    {
        var database = TestDatabase.SqliteMemory();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        builder.Services.AddDbContext<SessionContext>(database.Configure);
        builder.Services.AddProblemDetails();
        builder.Services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        builder.Services.AddIdentityCore<Person>().AddSignInManager().AddEntityFrameworkStores<SessionContext>();
        builder.Services.AddPersonalAccessTokens(options => options.Hashing.Algorithm = PersonalAccessTokenHashAlgorithm.Sha256)
            .AddEntityFrameworkStore<SessionContext>()
            .AddIdentityOwners<Person, SessionContext>();
        builder.Services.Configure<PersonalAccessTokenManagementOptions>(options => options.RequireRecentSignIn = requireRecentSignIn);
        var app = builder.Build();
        app.MapGet("/sign-in", async (SignInManager<Person> signIn) =>
            Assert.True((await signIn.PasswordSignInAsync("alice", Password, isPersistent: true, lockoutOnFailure: false)).Succeeded));
        app.MapGet("/refresh", async (SignInManager<Person> signIn, HttpContext context) =>
            await signIn.RefreshSignInAsync((await signIn.UserManager.GetUserAsync(context.User))!));
        app.MapGet("/me", (HttpContext context) => context.User.Identity!.Name).RequireAuthorization();
        app.MapPersonalAccessTokens();
        await using (var scope = app.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<SessionContext>().Database.EnsureCreatedAsync();
            Assert.True((await scope.ServiceProvider.GetRequiredService<UserManager<Person>>()
                .CreateAsync(new Person { UserName = "alice", Email = "alice@example.com" }, Password)).Succeeded);
        }

        await app.StartAsync();
        return new SessionApplication(database, app);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? cookie = null) => SendAsync(HttpMethod.Get, path, cookie);

    public Task<HttpResponseMessage> CreateTokenAsync(string cookie) => SendAsync(
        HttpMethod.Post,
        PersonalAccessTokenDefaults.ManagementPath,
        cookie,
        new StringContent("""{ "name": "laptop", "scopes": ["read"], "expiresInDays": 30 }""", Encoding.UTF8, "application/json"));

    /// <summary>Asks for what answers with a cookie, and gives it as a Cookie header for later requests.</summary>
    public async Task<string> CookieFromAsync(string path, string? cookie = null)
    {
        using var response = await GetAsync(path, cookie);
        response.EnsureSuccessStatusCode();
        return response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith(".AspNetCore.Identity.Application=", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>Changes alice as somebody else, elsewhere.</summary>
    public async Task ChangeAsync(Func<UserManager<Person>, Person, Task<IdentityResult>> change)
    {
        await using var scope = _app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        Assert.True((await change(users, (await users.FindByNameAsync("alice"))!)).Succeeded);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? cookie, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await _client.SendAsync(request);
    }
}
