using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>People's tokens begin with <c>acme</c>, those of build servers with <c>acme_ci</c>.</summary>
public sealed class NamedSchemesTests
{
    private const string NotOpen = "This endpoint does not accept personal access tokens.";

    [Theory]
    [InlineData("acme", "PersonalAccessToken")]
    [InlineData("acme_ci", "Ci")]
    public async Task Each_scheme_gets_its_own_tokens(string prefix, string scheme)
    {
        await using var app = await StartAsync();
        var token = await CreateAsync(app, prefix);

        using var response = await app.GetAsync("/any", token);

        Assert.StartsWith(prefix + "_", token, StringComparison.Ordinal);
        Assert.Equal(scheme, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_endpoint_that_names_a_scheme_takes_that_schemes_tokens_alone()
    {
        await using var app = await StartAsync();
        var own = await CreateAsync(app, "acme_ci");
        var other = await CreateAsync(app, "acme");

        using var good = await app.GetAsync("/ci", own);
        var lookups = app.Store.Lookups;
        using var closed = await app.GetAsync("/ci", other);
        using var besideCookie = await app.GetAsync("/ci", other, await app.SignInAsync());

        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        foreach (var response in new[] { closed, besideCookie })
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Contains(NotOpen, Assert.Single(response.Challenges()), StringComparison.Ordinal);
        }

        Assert.Equal(lookups, app.Store.Lookups);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme_ci")]
    public async Task An_endpoint_that_names_a_scheme_and_no_scope_takes_no_token(string prefix)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/ci-closed", await CreateAsync(app, prefix));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(NotOpen, Assert.Single(response.Challenges()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("acme_ci")]
    public async Task A_bad_token_is_explained_once_where_both_schemes_answer(string prefix)
    {
        await using var app = await StartAsync();
        var token = await CreateAsync(app, prefix);

        using var wrong = await app.GetAsync("/both", TokenValues.WithWrongSecret(token));
        using var twice = await app.GetAsync("/both", authorization: $"Bearer {token}, Bearer {token}");
        app.Store.Fail(new TimeoutException());
        using var down = await app.GetAsync("/both", TokenValues.WithWrongSecret(token));

        Assert.Equal([Answers.Refused], wrong.Challenges());
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
        Assert.Single(twice.Challenges());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, down.StatusCode);
        Assert.Empty(down.Challenges());
    }

    [Fact]
    public async Task A_token_that_an_event_supplies_is_left_to_the_scheme_that_takes_it()
    {
        await using var app = await StartAsync(authentication =>
        {
            authentication.AddPersonalAccessTokens(TakeOwnHeader).AddPersonalAccessTokens("Ci", TakeOwnHeader);

            static void TakeOwnHeader(PersonalAccessTokenAuthenticationOptions options) =>
                options.Events!.OnMessageReceived = context =>
                {
                    context.Token = context.Request.Headers["X-Api-Key"];
                    return Task.CompletedTask;
                };
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/any");
        request.Headers.Add("X-Api-Key", await CreateAsync(app, "acme_ci"));

        using var response = await app.Client.SendAsync(request);

        Assert.Equal("Ci", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_product_that_changed_its_prefix_goes_on_accepting_the_former_one()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, tokens: options =>
        {
            options.TokenPrefix = "acme";
            options.AcceptedPrefixes.Add("pat");
        });
        var former = await CreateAsync(app, "pat");
        var current = await CreateAsync(app, null);

        using var byFormer = await app.GetAsync(UsualEndpoints.Read, former);
        using var byCurrent = await app.GetAsync(UsualEndpoints.Read, current);
        using var byUnknown = await app.GetAsync(UsualEndpoints.Read, "old" + former[3..]);

        Assert.StartsWith("acme_", current, StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (byFormer.StatusCode, byCurrent.StatusCode));
        Assert.Equal(["Bearer"], byUnknown.Challenges());
    }

    [Fact]
    public async Task A_token_that_rotates_itself_stays_its_schemes()
    {
        await using var app = await StartAsync(authentication => authentication.Services
            .AddProblemDetails()
            .Configure<PersonalAccessTokenManagementOptions>(options => options.AllowSelfRotation = true));
        var token = await CreateAsync(app, "acme_ci");

        using var response = await app.PostAsync(Management.Path + "/self/rotate", token, content: Management.Json("{}"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith("acme_ci_", (await response.ObjectAsync()).Text("token"), StringComparison.Ordinal);
    }

    private static Task<TestApp> StartAsync(Action<AuthenticationBuilder>? more = null) =>
        TestApp.StartAsync(
            web =>
            {
                web.MapPersonalAccessTokens();
                web.MapGet("/any", (ClaimsPrincipal user) => user.Identity!.AuthenticationType).RequireScope("read");
                web.MapGet("/ci", () => "ci").RequireAuthorization(policy => policy.AddAuthenticationSchemes("Ci").RequireScope("read"));
                web.MapGet("/ci-closed", () => "ci").RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Ci" });
                web.MapGet("/both", () => "both").RequireAuthorization(policy =>
                    policy.AddAuthenticationSchemes("PersonalAccessToken", "Ci").RequireScope("read"));
            },
            tokens: options =>
            {
                options.TokenPrefix = "acme";
                options.AcceptedPrefixes.Add("acme_ci");
            },
            authentication: authentication =>
            {
                TestHost.AddCookies(authentication.Services.AddAuthentication("Cookies"))
                    .AddPersonalAccessTokens()
                    .AddPersonalAccessTokens("Ci", options => options.TokenPrefixes.Add("acme_ci"));
                more?.Invoke(authentication);
            });

    private static async Task<string> CreateAsync(TestApp app, string? prefix)
    {
        var result = await app.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = TestApp.Alice,
            Name = "a token",
            Scopes = ["read"],
            ExpiresAt = app.Time.GetUtcNow().AddDays(1),
            TokenPrefix = prefix,
        });
        return result.Value!;
    }
}
