using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Where scopes are stated, what they imply, and that statements add up.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("/read", "read", null)]
    [InlineData("/read", "write", null)]
    [InlineData("/read", "tasks", "read")]
    [InlineData("/write", "write", null)]
    [InlineData("/write", "read", "write")]
    [InlineData("/policy/read", "read", null)]
    [InlineData("/policy/read", "tasks", "read")]
    [InlineData("/policy/write", "write", null)]
    [InlineData("/policy/write", "read", "write")]
    [InlineData("/policy/own", "tasks", null)]
    [InlineData("/policy/own", "write", "tasks")]
    [InlineData("/tasks", "tasks:all", null)]
    [InlineData("/tasks", "tasks", null)]
    [InlineData("/tasks", "read write", "tasks")]
    [InlineData("/deep", "tasks:all", null)]
    [InlineData("/deep", "tasks", "tasks:deep")]
    [InlineData("/both", "read", "tasks")]
    [InlineData("/both", "tasks", "read")]
    [InlineData("/both", "read tasks", null)]
    [InlineData("/several", "other", "read tasks write")]
    [InlineData("/several", "read", "tasks write")]
    [InlineData("/several", "write tasks", null)]
    [InlineData("/outer/inner/leaf", "read tasks", "other")]
    [InlineData("/outer/inner/leaf", "read other", "tasks")]
    [InlineData("/outer/inner/leaf", "tasks other", "read")]
    [InlineData("/outer/inner/leaf", "read tasks other", null)]
    [InlineData("/any", "other", null)]
    [InlineData("/outer/any", "other", "read")]
    [InlineData("/any-and-write", "read", "write")]
    [InlineData("/any-and-write", "write", null)]
    public async Task A_token_needs_what_is_stated(string path, string held, string? missing)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(path, await app.CreateTokenAsync(held.Split(' ')));

        if (missing is null)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(TestApp.Alice, await response.Content.ReadAsStringAsync());
            Assert.Empty(response.Challenges());
        }
        else
        {
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            var challenge = Assert.Single(response.Challenges());
            Assert.StartsWith("Bearer error=\"insufficient_scope\", scope=\"", challenge, StringComparison.Ordinal);
            Assert.Equal(missing.Split(' '), challenge.Split('"')[3].Split(' ').Order());
        }
    }

    [Theory]
    [InlineData("/read")]
    [InlineData("/write")]
    [InlineData("/policy/own")]
    [InlineData("/outer/inner/leaf")]
    [InlineData("/any")]
    [InlineData("/any-and-write")]
    public async Task Scopes_limit_tokens_and_no_session(string path)
    {
        await using var app = await StartAsync();

        Assert.Equal(TestApp.Alice, await app.GetAsync(path, cookie: await app.SignInAsync()).TextAsync());
    }

    [Theory]
    [InlineData("/read")]
    [InlineData("/policy/own")]
    [InlineData("/any")]
    public async Task Without_credentials_the_answer_is_401_with_a_bare_challenge(string path)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(path);

        response.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    [Fact]
    public async Task A_role_that_is_missing_beside_a_scope_is_403_without_naming_a_scope()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/role", await app.CreateTokenAsync("read"));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(response.Challenges());
    }

    [Fact]
    public void Asking_for_no_scope_at_all_is_a_mistake()
    {
        var policy = new AuthorizationPolicyBuilder();

        Assert.Throws<ArgumentException>(() => policy.RequireScope());
        Assert.Throws<ArgumentException>(() => policy.RequireScope(""));
        Assert.Throws<ArgumentException>(() => new RequireScopeAttribute(""));
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        tokens: options => options.AddScope("tasks", "Tasks").AddScope("tasks:deep", "Deeper", "tasks")
            .AddScope("tasks:all", "All of tasks", "tasks:deep").AddScope("other", "Something else"),
        services: builder => builder.Services.AddAuthorizationBuilder()
            .AddPolicy("own", policy => policy.RequireAuthenticatedUser().RequireScope("tasks")),
        map: app =>
        {
            app.MapGet("/read", Answers.Who).RequireScope("read");
            app.MapGet("/write", Answers.Who).RequireScope("write");
            app.MapGet("/policy/read", Answers.Who).RequireAuthorization(PersonalAccessTokenPolicies.Read);
            app.MapGet("/policy/write", Answers.Who).RequireAuthorization(PersonalAccessTokenPolicies.Write);
            app.MapGet("/policy/own", Answers.Who).RequireAuthorization("own");
            app.MapGet("/tasks", Answers.Who).RequireScope("tasks");
            app.MapGet("/deep", Answers.Who).RequireScope("tasks:deep");
            app.MapGet("/both", Answers.Who).RequireScope("read").RequireScope("tasks");
            app.MapGet("/several", Answers.Who).RequireScope("read", "write", "tasks");
            var outer = app.MapGroup("/outer").RequireScope("read");
            outer.MapGet("/any", Answers.Who).AllowAnyToken();
            outer.MapGroup("/inner").RequireScope("tasks").MapGet("/leaf", Answers.Who).RequireScope("other");
            app.MapGet("/any", Answers.Who).AllowAnyToken();
            app.MapGet("/any-and-write", Answers.Who).AllowAnyToken().RequireScope("write").AllowAnyToken();
            app.MapGet("/role", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy.RequireRole("admin"));
        });
}
