using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging.Testing;
using Pat.AspNetCore.TestSupport;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>
/// A real application with the settings page, behind Kestrel on a port of its own, with a real store on SQLite, a clock
/// that the test moves, cookies for sign-in and SHA-256 for speed.
/// </summary>
internal sealed class PageApp : IAsyncDisposable
{
    public const string Path = "/profile/security";
    public const string Alice = "alice";
    public const string Bob = "bob";

    private readonly WebApplication _app;
    private readonly TestDatabase? _ownDatabase;

    private PageApp(WebApplication app, TestDatabase? ownDatabase)
    {
        _app = app;
        _ownDatabase = ownDatabase;
    }

    public Uri Address => new(_app.Urls.First());

    public ObservedTime Time => (ObservedTime)_app.Services.GetRequiredService<TimeProvider>();

    /// <summary>Where slow hashes wait for their place.</summary>
    public HashRoom HashRoom => _app.Services.GetRequiredService<SecretHasher>().Room;

    public PersonalAccessTokenManager Manager => _app.Services.GetRequiredService<PersonalAccessTokenManager>();

    /// <summary>Counts what the store was asked, and fails on demand.</summary>
    public InterceptedStore Store => (InterceptedStore)_app.Services.GetRequiredService<IPersonalAccessTokenStore>();

    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    /// <summary>What an instrument of the product is given from now on.</summary>
    public MetricCollector<T> Measure<T>(string instrument) where T : struct => new(_app.Services.GetRequiredService<IMeterFactory>(), "Pat", instrument);

    /// <summary>Starts an application that is set up as a test says.</summary>
    public static async Task<PageApp> StartAsync(PageAppSettings? settings = null)
    {
        settings ??= new();
        var ownDatabase = settings.Database is null ? TestDatabase.SqliteMemory() : null;
        var builder = CreateBuilder(settings, ownDatabase ?? settings.Database!);
        var app = new PageApp(builder.Build(), ownDatabase);
        try
        {
            await TestHost.CreateSchemaAsync(app._app);
            app.Map(settings);
            await app._app.StartAsync();
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the documentation tells an application to do.</summary>
    public static void UsualPipeline(WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>A browser that is not signed in.</summary>
    public Browser Open() => new(Address);

    /// <summary>A browser in which a user is signed in.</summary>
    public async Task<Browser> SignInAsync(string user = Alice, string claims = "")
    {
        var browser = Open();
        await browser.SignInAsync(user, claims);
        return browser;
    }

    /// <summary>Creates a token that is active and lasts 30 days unless <paramref name="expiresAt"/> says otherwise.</summary>
    public async Task<PersonalAccessTokenResult> CreateTokenAsync(
        string name = "laptop", string owner = Alice, DateTimeOffset? expiresAt = null, params string[] scopes)
    {
        var result = await Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = owner,
            Name = name,
            Scopes = scopes is [] ? ["read"] : scopes,
            ExpiresAt = expiresAt ?? Time.GetUtcNow().AddDays(30),
        });
        Assert.True(result.Succeeded, string.Join(' ', result.Errors.SelectMany(error => error.Value)));
        return result;
    }

    /// <summary>All tokens of an owner, the newest first.</summary>
    public async Task<IReadOnlyList<PersonalAccessToken>> TokensAsync(string owner = Alice) =>
        (await Manager.ListAsync(new PersonalAccessTokenQuery { OwnerId = owner, PageSize = 100 })).Items;

    /// <summary>A token as it is in the store now.</summary>
    public async Task<PersonalAccessToken> TokenAsync(Guid id) => Assert.IsType<PersonalAccessToken>(await Manager.FindAsync(id));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        if (_ownDatabase is not null)
        {
            await _ownDatabase.DisposeAsync();
        }
    }

    private static WebApplicationBuilder CreateBuilder(PageAppSettings settings, TestDatabase database)
    {
        var time = new ObservedTime();
        var builder = TestHost.CreateBuilder(database, time);
        var protection = builder.Services.AddDataProtection();
        _ = settings.Keys is { } keys ? protection.PersistKeysToFileSystem(keys) : protection.UseEphemeralDataProtectionProvider();
        if (settings.Authentication is { } authentication)
        {
            authentication(new AuthenticationBuilder(builder.Services));
        }
        else
        {
            TestHost.AddCookies(builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme));
        }

        builder.Services.AddAuthorization();
        if (settings.Owners is { } owners)
        {
            builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners);
        }

        settings.Services?.Invoke(builder);
        Hosts.AddServices(settings.Host, builder.Services);
        builder.Services.Configure(settings.Management ?? (_ => { }));
        TestHost.AddTokens(builder.Services, time, settings.Tokens).AddUI(options =>
        {
            Hosts.Dress(settings.Host, options);
            settings.UI?.Invoke(options);
        });
        builder.Services.Configure(PersonalAccessTokenDefaults.AuthenticationScheme, settings.Scheme ?? (_ => { }));
        return builder;
    }

    private void Map(PageAppSettings settings)
    {
        (settings.Pipeline ?? UsualPipeline)(_app);
        if (settings is { Host: HostKind.Blazor, Pipeline: null })
        {
            _app.UseAntiforgery();
        }

        var mapPage = settings.Map ?? (app => app.MapPersonalAccessTokensUI(settings.Path));
        if (settings.MapsPageFirst)
        {
            mapPage(_app);
        }

        TestHost.MapSignIn(_app);
        _app.MapGet("/login", () => "Sign in here.").AllowAnonymous();
        _app.MapGet("/api/tasks", () => "tasks").RequireScope("read");
        Hosts.Map(settings.Host, _app);
        if (!settings.MapsPageFirst)
        {
            mapPage(_app);
        }
    }
}
