using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>An endpoint that refuses tokens takes none, whatever else is stated.</summary>
public sealed class RefuseTokensTests
{
    [Theory]
    [InlineData("/scope")]
    [InlineData("/group/scope")]
    [InlineData("/group/method")]
    [InlineData("/any")]
    [InlineData("/policy")]
    [InlineData("/refusing-controller")]
    public async Task A_token_is_refused_unread_and_a_session_passes(string path)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("write");
        var cookie = await app.SignInAsync();
        var lookups = app.Store.Lookups;

        using var refused = await app.GetAsync(path, token);
        using var session = await app.GetAsync(path, cookie: cookie);

        refused.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(lookups, app.Store.Lookups);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);
    }

    [Fact]
    public async Task It_asks_nothing_of_anybody_by_itself()
    {
        await using var app = await StartAsync();

        Assert.Equal("nobody", await app.GetAsync("/public").TextAsync());
        Assert.Equal("nobody", await app.GetAsync("/public", await app.CreateTokenAsync("write")).TextAsync());
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        app =>
        {
            app.MapGet("/scope", Answers.Who).RequireScope("read").RefuseTokens();
            app.MapGet("/any", Answers.Who).RefuseTokens().AllowAnyToken();
            app.MapGet("/policy", Answers.Who).RequireAuthorization("reads").RefuseTokens();
            var group = app.MapGroup("/group");
            group.MapGroup("").RequireScope("read").MapGet("/scope", Answers.Who).RefuseTokens();
            group.MapGroup("").RequireScopeByMethod().MapGet("/method", Answers.Who).RefuseTokens();
            app.MapGet("/public", Answers.Who).RefuseTokens();
            app.MapControllers();
        },
        services: builder =>
        {
            builder.Services.AddAuthorizationBuilder().AddPolicy("reads", policy => policy.RequireScope("read"));
            OnlyControllers.Add(typeof(RefusingController))(builder);
        });
}
