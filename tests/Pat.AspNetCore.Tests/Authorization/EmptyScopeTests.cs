using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pat.AspNetCore.Tests;

/// <summary>Row 23 of the known failures: a scope that is missing, unknown or no longer there allows nothing.</summary>
public sealed class EmptyScopeTests
{
    [Theory]
    [InlineData("")]
    [InlineData("removed")]
    [InlineData("*")]
    [InlineData("Read")]
    [InlineData("READ")]
    [InlineData("read write")]
    [InlineData("removed:read")]
    public async Task Row_23_Such_a_token_is_allowed_nothing(string held)
    {
        await using var app = await TestApp.StartAsync(map: app =>
        {
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapGet("/write", Answers.Who).RequireScope("write");
            app.MapMethods("/method", ["GET", "POST"], Answers.Who).RequireScopeByMethod();
            app.MapGet("/any", (HttpContext context) => string.Join(' ', context.User.FindAll("scope"))).AllowAnyToken();
        });
        var token = await app.CreateTokenHoldingAsync(held.Length == 0 ? [] : [held]);

        foreach (var path in new[] { "/read", "/write", "/method" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync(path, token).StatusAsync());
        }

        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync("/method", token).StatusAsync());
        using var any = await app.GetAsync("/any", token);
        Assert.Equal(HttpStatusCode.OK, any.StatusCode);
        Assert.Equal("", await any.Content.ReadAsStringAsync());
    }
}
