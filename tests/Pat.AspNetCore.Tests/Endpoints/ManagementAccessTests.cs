using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Who may manage tokens: signed-in users, each their own, and never a token.</summary>
public sealed class ManagementAccessTests
{
    private const string ScopeDefault = "the default policy asks for a scope";
    private const string ScopeFallback = "the fallback policy asks for a scope";
    private const string ScopeGroup = "mapped in a group that asks for a scope";
    private const string MethodGroup = "mapped in a group that asks for scopes by method";
    private const string AnyTokenGroup = "mapped in a group open to any token";
    private const string NamedCookies = "the default policy names the cookie scheme";

    public static TheoryData<string> Settings =>
        new("plain", ScopeDefault, ScopeFallback, ScopeGroup, MethodGroup, AnyTokenGroup, NamedCookies);

    public static TheoryData<string, string> Routes =>
        [.. SessionRoutes.All().Select(route => (route.Method.Method, route.Path))];

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Row_4_A_token_never_manages_tokens(string setting)
    {
        await using var app = await StartAsync(setting);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        var cookie = await app.SignInAsync();
        var lookups = app.Store.Lookups;

        foreach (var (method, path, body, _) in SessionRoutes.All(PersonalAccessTokenFormat.FormatId(created.Token!.Id)))
        {
            foreach (var beside in new[] { null, cookie })
            {
                using var response = await app.SendAsync(
                    method, path, created.Value, beside, body is null ? null : Management.Json(body));

                await response.ProblemAsync(HttpStatusCode.Forbidden);
                Assert.Contains(
                    "does not accept personal access tokens", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(lookups, app.Store.Lookups);
        Assert.Equal(1, await app.CountAsync());
        Assert.Equal(1, (await app.Manager.FindAsync(created.Token.Id))!.Version);
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task A_signed_in_user_manages_tokens_and_nobody_else_does(string setting)
    {
        await using var app = await StartAsync(setting);
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        foreach (var route in SessionRoutes.All(id))
        {
            using var anonymous = await app.SendAsync(route, cookie: null);
            Assert.Equal(HttpStatusCode.Unauthorized, anonymous.StatusCode);
            using var signedIn = await app.SendAsync(route, cookie);
            Assert.True(signedIn.IsSuccessStatusCode, $"{route.Method} {route.Path}: {signedIn.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Who_is_not_signed_in_gets_401_and_never_a_redirect(string method, string path)
    {
        await using var app = await Management.StartAsync();

        using var response = await app.SendAsync(new HttpMethod(method), path, null, null, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        response.AssertUnstored();
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [InlineData(null, "Bearer")]
    [InlineData("Bearer not.a.jwt", "Bearer error=\"invalid_token\"")]
    public async Task Whose_JWT_is_not_good_is_told_so_by_its_own_scheme(string? authorization, string challenge)
    {
        await using var app = await TestApp.StartAsync(authentication: Jwts.AsDefault, map: app => app.MapPersonalAccessTokens());

        using var response = await app.GetAsync(Management.Path, authorization: authorization);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(challenge, response.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Where_signing_in_is_somebody_elses_nobody_is_sent_there(string method, string path)
    {
        await using var app = await Management.StartAsync(services: builder =>
            builder.Services.AddAuthentication(options => options.DefaultChallengeScheme = RemoteProvider.Name)
                .AddScheme<RemoteAuthenticationOptions, RemoteProvider>(
                    RemoteProvider.Name, options => options.CallbackPath = "/back"));

        using var response = await app.SendAsync(new HttpMethod(method), path, null, null, ("Accept", "text/html"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_principal_without_an_owners_id_is_403(string method, string path)
    {
        await using var app = await Management.StartAsync(scheme: scheme => scheme.OwnerIdClaimType = "sub");

        using var response = await app.SendAsync(
            new HttpMethod(method), path, cookie: await app.SignInAsync(), content: Management.Json(Management.Good));

        await response.ProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_owner_is_who_the_applications_claim_says()
    {
        await using var app = await Management.StartAsync(scheme: scheme => scheme.OwnerIdClaimType = "sub");

        await app.CreatedAsync(await app.SignInAsync(TestApp.Alice, "sub:42"));

        Assert.Equal((1, 0), (await app.CountAsync("42"), await app.CountAsync(TestApp.Alice)));
    }

    [Fact]
    public async Task A_stricter_default_policy_of_the_applications_holds_here_too()
    {
        await using var app = await Management.StartAsync(services: builder => builder.Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireRole("staff").Build()));

        using var refused = await app.CreateAsync(await app.SignInAsync());
        using var created = await app.CreateAsync(await app.SignInAsync(TestApp.Bob, "role:staff"));

        await refused.ProblemAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(0, await app.CountAsync());
    }

    [Theory]
    [InlineData("someone else's")]
    [InlineData("0000000000000000000001")]
    [InlineData("7n42DGM5Tflk9n8mt7Fhc7")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("x")]
    [InlineData("%01")]
    [InlineData("%F0%9F%94%91")]
    [InlineData("018f3c5e-0000-7000-8000-000000000000")]
    public async Task Someone_elses_token_an_unknown_and_a_malformed_id_are_the_same_404(string id)
    {
        await using var app = await Management.StartAsync();
        var (alice, bob) = (await app.SignInAsync(), await app.SignInAsync(TestApp.Bob));
        var bobs = (await app.CreatedAsync(bob)).Text("id");

        foreach (var headers in new (string, string)[][] { [], [("If-Match", "\"1\"")] })
        {
            foreach (var (toBobs, route) in SessionRoutes.All(bobs)
                .Zip(SessionRoutes.All(id == "someone else's" ? "0123456789012345678901" : id))
                .Where(pair => pair.First.Path != Management.Path))
            {
                using var expected = await app.SendAsync(toBobs, alice, headers);
                using var response = await app.SendAsync(route, alice, headers);

                Assert.Equal(await NotFoundAsync(expected), await NotFoundAsync(response));
            }
        }

        using var stillThere = await app.GetAsync($"{Management.Path}/{bobs}", cookie: bob);
        Assert.Equal("active", (await stillThere.ObjectAsync()).Text("status"));
        Assert.Equal("\"1\"", stillThere.Headers.ETag?.ToString());
    }

    /// <summary>The whole answer, save what differs between any two.</summary>
    private static async Task<string> NotFoundAsync(HttpResponseMessage response)
    {
        var problem = await response.ProblemAsync(HttpStatusCode.NotFound);
        problem.Remove("traceId");
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key is not "Date" and not "Content-Length")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}");
        return string.Join('\n', headers.Order().Append(problem.ToJsonString()));
    }

    private static Task<TestApp> StartAsync(string setting) => Management.StartAsync(
        map: app =>
        {
            var group = app.MapGroup("");
            _ = setting switch
            {
                ScopeGroup => group.RequireScope("read"),
                MethodGroup => group.RequireScopeByMethod(),
                AnyTokenGroup => group.AllowAnyToken(),
                _ => group,
            };
            group.MapPersonalAccessTokens();
        },
        services: builder =>
        {
            var authorization = builder.Services.AddAuthorizationBuilder();
            _ = setting switch
            {
                ScopeDefault => authorization.SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build()),
                ScopeFallback => authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireScope("read").Build()),
                NamedCookies => authorization.SetDefaultPolicy(
                    new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme)
                        .RequireAuthenticatedUser().Build()),
                _ => authorization,
            };
        });
}
