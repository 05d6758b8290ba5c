using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.Security.Tests;

/// <summary>
/// Row 23. A missing restriction was read as everything (GHES CVE-2026-5845; Sanctum's ['*']). No scope, an unknown one and one that was
/// taken out of the application amount to nothing.
/// </summary>
/// <remarks>
/// Further evidence: CreationTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row23NothingReadAsEverythingTests
{
    [Theory]
    [InlineData]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("all")]
    [InlineData("READ")]
    [InlineData("read ")]
    [InlineData("read write")]
    [InlineData("read,write")]
    [InlineData("removed:scope", "admin")]
    public void Row_23_None_empty_unknown_or_removed_scopes_amount_to_nothing(params string[] held) => Assert.Empty(With().Expand(held));

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

    private static PersonalAccessTokenScopes With(params (string Name, string[] Implies)[] added)
    {
        var options = new PersonalAccessTokenOptions();
        if (added.Length > 0)
        {
            options.Scopes.Clear();
        }

        foreach (var (name, implies) in added)
        {
            options.AddScope(name, $"May do {name}", implies);
        }

        return new PersonalAccessTokenScopes(Options.Create(options));
    }
}
