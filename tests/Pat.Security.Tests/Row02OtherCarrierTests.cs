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
    public static TheoryData<string> Spellings =>
        ["Bearer {0}", "bearer {0}", "BEARER {0}", "BeArEr {0}", "Bearer    {0}", "Bearer {0}   "];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Row_2_Every_spelling_of_the_header_gives_the_same(string spelling)
    {
        await using var app = await OtherCarrierApp.StartAsync();
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
        await using var app = await OtherCarrierApp.StartAsync();
        var token = await app.CreateTokenAsync("read");

        Assert.Equal(
            await app.GetAsync("/claims", token).TextAsync(), await app.SendByEventAsync("GET", "/claims", token).TextAsync());
        foreach (var (method, path, expected) in Decisions)
        {
            Assert.Equal(expected, await app.SendByEventAsync(method, path, token).StatusAsync());
        }
    }

    [Fact]
    public async Task Row_2_a_token_from_elsewhere_is_told_of_the_same_limits()
    {
        await using var app = await OtherCarrierApp.StartAsync();

        using var write = await app.SendByEventAsync("POST", "/write", await app.CreateTokenAsync("read"));

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
        await using var app = await OtherCarrierApp.StartAsync();

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
}
