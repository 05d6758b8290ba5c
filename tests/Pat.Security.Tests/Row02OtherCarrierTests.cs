using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;

namespace Pat.Security.Tests;

/// <summary>
/// Row 2. Another carrier of the same token skipped the scopes (Gitea GHSA-9r5x-wg6m-x2rc, CVE-2026-28744). A request is judged as a
/// token's by the token that was accepted, wherever it was found, never by the header or the shape of the principal.
/// </summary>
public sealed class Row02OtherCarrierTests
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
    public async Task Row_2_a_token_from_elsewhere_is_told_of_the_same_limits()
    {
        await using var app = await StartAsync();

        using var write = await SendByEventAsync(app, "POST", "/write", await app.CreateTokenAsync("read"));

        write.AssertChallenge(HttpStatusCode.Forbidden, """Bearer error="insufficient_scope", scope="write" """.TrimEnd());
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("Token {0}")]
    [InlineData("Basic {0}")]
    [InlineData("Bearer{0}")]
    [InlineData("Bearer\t{0}")]
    public async Task Row_2_Other_spellings_carry_no_token(string spelling)
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
