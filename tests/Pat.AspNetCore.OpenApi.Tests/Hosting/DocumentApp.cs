using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.OpenApi;
using Pat.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.AspNetCore.OpenApi.Tests;

/// <summary>A real application that serves its OpenAPI document, with cookies for sign-in and the default policies.</summary>
internal sealed class DocumentApp : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly WebApplication _app;

    private DocumentApp(TestDatabase database, WebApplication app)
    {
        _database = database;
        _app = app;
    }

    /// <summary>What was logged.</summary>
    public FakeLogCollector Logs => _app.Services.GetFakeLogCollector();

    /// <summary>Starts an application, asks for its document once and gives it.</summary>
    /// <param name="map">The endpoints.</param>
    /// <param name="version">The document's version.</param>
    /// <param name="tokens">What tokens are.</param>
    /// <param name="services">Further services.</param>
    /// <param name="openApi">The document's options; without it, no more than tokens are added.</param>
    public static async Task<Document> DescribeAsync(
        Action<WebApplication> map,
        OpenApiSpecVersion version = OpenApiSpecVersion.OpenApi3_1,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<IServiceCollection>? services = null,
        Action<OpenApiOptions>? openApi = null)
    {
        await using var app = await StartAsync(map, version, tokens, services, openApi);
        return await app.ReadDocumentAsync();
    }

    /// <inheritdoc cref="DescribeAsync"/>
    public static async Task<DocumentApp> StartAsync(
        Action<WebApplication> map,
        OpenApiSpecVersion version = OpenApiSpecVersion.OpenApi3_1,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<IServiceCollection>? services = null,
        Action<OpenApiOptions>? openApi = null)
    {
        var application = Build(version, tokens, services, openApi);
        application._app.MapOpenApi().AllowAnonymous();
        map(application._app);
        await application._app.StartAsync();
        return application;
    }

    /// <summary>An application as the build's generator of documents finds it: there is no server and nothing is mapped.</summary>
    public static DocumentApp Build(
        OpenApiSpecVersion version = OpenApiSpecVersion.OpenApi3_1,
        Action<PersonalAccessTokenOptions>? tokens = null,
        Action<IServiceCollection>? services = null,
        Action<OpenApiOptions>? openApi = null)
    {
        var database = TestDatabase.SqliteMemory();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddFakeLogging();
        builder.Services.AddPooledDbContextFactory<PersonalAccessTokenDbContext>(database.Configure);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddPersonalAccessTokens(tokens).AddEntityFrameworkStore<PersonalAccessTokenDbContext>();
        services?.Invoke(builder.Services);
        builder.Services.AddOpenApi(options =>
        {
            options.OpenApiVersion = version;
            (openApi ?? (static all => all.AddPersonalAccessTokens()))(options);
        });
        return new DocumentApp(database, builder.Build());
    }

    /// <summary>The document as it is served.</summary>
    public async Task<Document> ReadDocumentAsync() => new(await ReadAsync("/openapi/v1.json"));

    public async Task<string> ReadAsync(string path)
    {
        using var client = _app.GetTestClient();
        return await client.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    /// <summary>The document as the build's generator makes it, with no request.</summary>
    public async Task<OpenApiDocument> GenerateDocumentAsync() =>
        await _app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
