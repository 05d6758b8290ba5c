using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.TestSupport.ManagementSettings;

namespace Pat.AspNetCore.Tests;

/// <summary>Who may manage tokens: signed-in users, each their own, and never a token.</summary>
public sealed class ManagementAccessTests
{
    public static TheoryData<string, string> Routes =>
        [.. SessionRoutes.All().Select(route => (route.Method.Method, route.Path))];

    [Theory]
    [MemberData(nameof(ManagementSettings.Settings), MemberType = typeof(ManagementSettings))]
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
}
