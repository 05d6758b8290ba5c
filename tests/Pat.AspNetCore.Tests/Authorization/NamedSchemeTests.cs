using System.Net;
using Microsoft.AspNetCore.Authentication;
using static Pat.AspNetCore.TestSupport.NamedSchemesApp;

namespace Pat.AspNetCore.Tests;

/// <summary>An endpoint that names schemes itself gets tokens beside those, and nothing else.</summary>
public sealed class NamedSchemeTests
{
    [Fact]
    public async Task A_JWT_and_a_token_get_in_and_a_cookie_does_not()
    {
        await using var app = await StartAsync();

        Assert.Equal("carol", await app.GetAsync("/jwt", Jwts.Create("carol")).TextAsync());
        Assert.Equal("alice", await app.GetAsync("/jwt", await app.CreateTokenAsync("read")).TextAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync("/jwt", cookie: await app.SignInAsync()).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/jwt", await app.CreateTokenHoldingAsync()).StatusAsync());
    }

    [Theory]
    [InlineData("/certificate")]
    [InlineData("/certificate-admin")]
    public async Task A_certificate_beside_a_token_is_403(string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(app, path, await app.CreateTokenAsync("write"), "alice").StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(app, path, await app.CreateTokenAsync("write"), "carol").StatusAsync());
        Assert.Equal("carol", await SendAsync(app, path, null, "carol").TextAsync());
    }

    [Fact]
    public async Task A_role_from_a_certificate_is_none_of_the_tokens()
    {
        await using var app = await StartAsync();

        Assert.Equal("alice", await SendAsync(app, "/certificate", await app.CreateTokenAsync("read"), null).TextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await SendAsync(
            app, "/certificate-admin", await app.CreateTokenAsync("write"), null).StatusAsync());
    }

    [Theory]
    [InlineData("/certificate")]
    [InlineData("/certificate-first")]
    public async Task A_refused_token_is_not_saved_by_a_certificate(string path)
    {
        await using var app = await StartAsync();

        using var response = await SendAsync(app, path, "pat_garbage", "carol");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(Answers.Refused, response.Challenges());
    }

    [Theory]
    [InlineData("/certificate")]
    [InlineData("/certificate-first")]
    public async Task An_outage_is_told_whatever_scheme_answers_last(string path)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        app.Store.Fail(new IOException("The database is gone."));

        foreach (var certificate in new[] { null, "carol" })
        {
            using var response = await SendAsync(app, path, token, certificate);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.Empty(response.Challenges());
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(TestApp app, string path, string? token, string? certificate)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {token}");
        }

        if (certificate is not null)
        {
            request.Headers.Add(CertificateStandIn.Header, certificate);
        }

        return await app.Client.SendAsync(request);
    }
}
