using System.Net.Http.Json;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Pat.Benchmarks.Peers;

/// <summary>
/// OpenIddict with reference tokens: opaque to callers, kept and revocable in the database. Server and API in one
/// application, as its guides begin; the claims' token in the database in the format of ASP.NET Core's data protection,
/// which costs less than a signed and encrypted JWT.
/// </summary>
internal sealed class OpenIddictContender(Database database) : IContender
{
    private const string TokenPath = "connect/token";

    public string Name => "OpenIddict reference tokens";

    public string UserIdClaim => OpenIddictConstants.Claims.Subject;

    public void AddServices(IServiceCollection services)
    {
        services.AddDbContextPool<AuthorizationDbContext>(options =>
        {
            database.Configure(options);
            options.UseOpenIddict();
        });
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AuthorizationDbContext>())
            .AddServer(server =>
            {
                server.SetTokenEndpointUris(TokenPath)
                    .AllowPasswordFlow()
                    .AcceptAnonymousClients()
                    .RegisterScopes("read", "write")
                    .UseReferenceAccessTokens()
                    .SetAccessTokenLifetime(Subject.Lifetime)
                    .AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)))
                    .AddEphemeralSigningKey();
                server.UseDataProtection();
                server.UseAspNetCore().DisableTransportSecurityRequirement();
                server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(SignIn));
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseDataProtection();
                validation.UseAspNetCore();
                validation.EnableTokenEntryValidation();
            });
        services.AddAuthentication(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        services.AddAuthorization();
    }

    public void Protect(IEndpointConventionBuilder endpoint) =>
        endpoint.RequireAuthorization(policy => policy.RequireAssertion(context => context.User.HasScope("read")));

    public async Task PrepareAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<AuthorizationDbContext>().Database.EnsureCreatedAsync();
    }

    /// <summary>Asks the application, which has to be listening, for tokens as its clients do.</summary>
    public async Task<IReadOnlyList<string>> IssueAsync(IServiceProvider services, int count)
    {
        var address = services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var values = new List<string>();
        for (var number = 0; number < count; number++)
        {
            values.Add(await IssueAsync(client, Subject.Id(number)));
        }

        return values;
    }

    private static async Task<string> IssueAsync(HttpClient client, string user)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "password",
            ["username"] = user,
            ["password"] = "benchmark",
            ["scope"] = "read write",
        });
        using var response = await client.PostAsync(new Uri(TokenPath, UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
    }

    private static ValueTask SignIn(HandleTokenRequestContext context)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, context.Request.Username);
        identity.SetScopes(context.Request.GetScopes());
        context.SignIn(new ClaimsPrincipal(identity));
        return ValueTask.CompletedTask;
    }
}
