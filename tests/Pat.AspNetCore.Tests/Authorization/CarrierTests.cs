using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

/// <summary>Row 2 of the known failures: however a token comes, it is the same principal, and the same decision is taken.</summary>
public sealed class CarrierTests
{
    private const string TokenHeader = "X-Token";

    public static TheoryData<string> Spellings =>
        ["Bearer {0}", "bearer {0}", "BEARER {0}", "BeArEr {0}", "Bearer    {0}", "Bearer {0}   "];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Row_2_Every_spelling_of_the_header_gives_the_same(string spelling)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        Assert.Equal(
            await app.GetAsync("/claims", token).TextAsync(),
            await app.GetAsync("/claims", authorization: Spell(spelling, token)).TextAsync());
        foreach (var (method, path, expected) in Decisions)
        {
            Assert.Equal(expected, await app.SendAsync(
                new HttpMethod(method), path, authorization: Spell(spelling, token)).StatusAsync());
        }
    }

    [Fact]
    public async Task Row_2_A_token_that_an_event_supplies_gives_the_same()
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        Assert.Equal(
            await app.GetAsync("/claims", token).TextAsync(), await SendByEventAsync(app, "GET", "/claims", token).TextAsync());
        foreach (var (method, path, expected) in Decisions)
        {
            Assert.Equal(expected, await SendByEventAsync(app, method, path, token).StatusAsync());
        }
    }

    [Fact]
    public async Task Row_31_A_cookie_beside_a_token_that_an_event_supplies_widens_nothing()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync(TestApp.Bob, "role:admin");

        Assert.Equal(HttpStatusCode.Forbidden, await SendByEventAsync(
            app, "POST", "/write", await app.CreateTokenAsync("read"), cookie).StatusAsync());
        Assert.Equal("alice", await SendByEventAsync(
            app, "POST", "/write", await app.CreateTokenAsync("write"), cookie).TextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await SendByEventAsync(app, "POST", "/write", "pat_garbage", cookie).StatusAsync());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Token {0}")]
    [InlineData("Basic {0}")]
    [InlineData("Bearer{0}")]
    [InlineData("Bearer\t{0}")]
    public async Task Other_spellings_carry_no_token(string spelling)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/claims", authorization: Spell(spelling, await app.CreateTokenAsync("read")));

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        Assert.Equal(0, app.Store.Lookups);
    }

    private static readonly (string Method, string Path, HttpStatusCode Expected)[] Decisions =
    [
        ("GET", "/method", HttpStatusCode.OK),
        ("POST", "/method", HttpStatusCode.Forbidden),
        ("POST", "/write", HttpStatusCode.Forbidden),
        ("GET", "/any", HttpStatusCode.OK),
        ("GET", "/api/auth/access_tokens/self/", HttpStatusCode.OK),
    ];

    private static string Spell(string spelling, string token) => spelling.Replace("{0}", token, StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> SendByEventAsync(
        TestApp app, string method, string path, string token, string? cookie = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(TokenHeader, token);
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await app.Client.SendAsync(request);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        scheme: options => options.Events!.OnMessageReceived = received =>
        {
            received.Token = received.Request.Headers[TokenHeader];
            return Task.CompletedTask;
        },
        map: app =>
        {
            app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(' ', user.Identities.Select(identity =>
                identity.AuthenticationType + ":" + string.Join(',', identity.Claims)))).RequireScope("read");
            app.MapPost("/write", Answers.Who).RequireScope("write");
            app.MapMethods("/method", ["GET", "POST"], Answers.Who).RequireScopeByMethod();
            app.MapGet("/any", Answers.Who).AllowAnyToken();
            app.MapPersonalAccessTokens();
        });
}
