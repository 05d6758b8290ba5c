using System.Diagnostics.Metrics;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Pat.TestSupport;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>
/// A real application behind Kestrel on a port of its own, with a real store on SQLite in memory, a clock that the test
/// moves, cookies for sign-in and SHA-256 for speed. Answers come over HTTP, redirects are not followed.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string Alice = "alice";
    public const string Bob = "bob";

    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private TestApp(TestDatabase database, WebApplication app, ObservedTime time)
    {
        _database = database;
        _app = app;
        Time = time;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,

            // As long as a body that the server has not asked for may be held back.
            Expect100ContinueTimeout = TimeSpan.FromSeconds(30),
        })
        {
            BaseAddress = new Uri(app.Urls.First()),
        };
    }

    public ObservedTime Time { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public PersonalAccessTokenManager Manager => Services.GetRequiredService<PersonalAccessTokenManager>();

    /// <summary>Counts what the store was asked, and fails on demand.</summary>
    public InterceptedStore Store => (InterceptedStore)Services.GetRequiredService<IPersonalAccessTokenStore>();

    public FakeLogCollector Logs => Services.GetFakeLogCollector();

    /// <summary>What an instrument of the product is given from now on.</summary>
    public MetricCollector<T> Measure<T>(string instrument) where T : struct => new(Services.GetRequiredService<IMeterFactory>(), "Pat", instrument);

    /// <summary>Lets the store answer again, and waits until that was found out.</summary>
    public async Task RecoverAsync()
    {
        var guard = Services.GetRequiredService<StoreGuard>();

        // Where there is a suspicion the store is being looked at: a look that failed before it recovered must not be told after.
        await Eventually.TrueAsync(() => guard.IsOpen || !guard.IsSuspicious);
        Store.Recover();
        await Eventually.TrueAsync(async () =>
        {
            if (!guard.IsOpen)
            {
                return true;
            }

            // Whoever looks after the store has his time on this clock too, so that it must not run ahead of him.
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
            return false;
        });
    }

    /// <summary>Starts an application. What is left out is the usual: cookies as the default scheme, the three middlewares in their order.</summary>
    public static async Task<TestApp> StartAsync(
        Action<WebApplication>? map = null,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<PersonalAccessTokenAuthenticationOptions>? scheme = null,
        Action<WebApplicationBuilder>? services = null,
        Action<AuthenticationBuilder>? authentication = null,
        Action<WebApplication>? pipeline = null)
    {
        var database = TestDatabase.SqliteMemory();
        var time = new ObservedTime();
        var builder = TestHost.CreateBuilder(database, time);
        if (authentication is null)
        {
            TestHost.AddCookies(builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme));
        }
        else
        {
            authentication(new AuthenticationBuilder(builder.Services));
        }

        services?.Invoke(builder);
        TestHost.AddTokens(builder.Services, time, tokens);
        if (scheme is not null)
        {
            builder.Services.Configure(PersonalAccessTokenDefaults.AuthenticationScheme, scheme);
        }

        var app = builder.Build();
        var started = new Starting(database, app);
        try
        {
            await TestHost.CreateSchemaAsync(app);
            (pipeline ?? UsualPipeline)(app);
            TestHost.MapSignIn(app);
            map?.Invoke(app);
            await app.StartAsync();
            return new TestApp(database, app, time);
        }
        catch
        {
            await started.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the documentation tells an application to do.</summary>
    public static void UsualPipeline(WebApplication app)
    {
        app.UseStatusCodePages();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>Creates a token and gives its value.</summary>
    public async Task<string> CreateTokenAsync(params string[] scopes) => (await CreateTokenAsync(Alice, scopes)).Value!;

    /// <summary>Creates a token that lasts 30 days.</summary>
    public async Task<PersonalAccessTokenResult> CreateTokenAsync(string ownerId, IReadOnlyCollection<string> scopes)
    {
        var result = await Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = ownerId,
            Name = "a token",
            Scopes = scopes,
            ExpiresAt = Time.GetUtcNow().AddDays(30),
        });
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.SelectMany(error => error.Value)));
        return result;
    }

    /// <summary>Signs a user in with a cookie and gives the Cookie header for later requests.</summary>
    public async Task<string> SignInAsync(string user = Alice, string claims = "")
    {
        using var response = await Client.GetAsync(new Uri($"/sign-in?user={user}&claims={claims}", UriKind.Relative));
        response.EnsureSuccessStatusCode();
        return string.Join("; ", response.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
    }

    /// <summary>Sends a request, with a token in the Authorization header and a cookie where they are given.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string? token = null, string? cookie = null, HttpContent? content = null, string? authorization = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await Client.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(
        string path, string? token = null, string? cookie = null, string? authorization = null) =>
        SendAsync(HttpMethod.Get, path, token, cookie, authorization: authorization);

    public Task<HttpResponseMessage> PostAsync(string path, string? token = null, string? cookie = null, HttpContent? content = null) =>
        SendAsync(HttpMethod.Post, path, token, cookie, content);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await new Starting(_database, _app).DisposeAsync();
    }

    private sealed class Starting(TestDatabase database, WebApplication app) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await app.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
