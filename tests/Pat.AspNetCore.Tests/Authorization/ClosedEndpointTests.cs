using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;

namespace Pat.AspNetCore.Tests;

/// <summary>On an endpoint closed to tokens a token is not looked at.</summary>
public sealed class ClosedEndpointTests
{
    private const string AFile = "/Pat.AspNetCore.Tests.runtimeconfig.json";

    [Theory]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData(AFile, HttpStatusCode.OK)]
    [InlineData("/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/short", HttpStatusCode.OK)]
    [InlineData("/branch", HttpStatusCode.OK)]
    [InlineData("/by-hand", HttpStatusCode.OK)]
    [InlineData("/public", HttpStatusCode.OK)]
    public async Task Nobody_is_authenticated_and_the_store_is_not_asked(string path, HttpStatusCode expected)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        var lookups = app.Store.Lookups;

        using var response = await app.GetAsync(path, token);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(lookups, app.Store.Lookups);
        Assert.Empty(response.Challenges());
        Assert.DoesNotContain(TestApp.Alice, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/branch")]
    [InlineData("/public")]
    public async Task A_token_hides_the_cookie_on_a_public_endpoint(string path)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();

        Assert.Equal(TestApp.Alice, await app.GetAsync(path, cookie: cookie).TextAsync());
        Assert.Equal("nobody", await app.GetAsync(path, await app.CreateTokenAsync("read"), cookie).TextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Authentication_required_answers_403_and_names_the_cure_in_the_log(bool isWithCookie)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");
        var cookie = isWithCookie ? await app.SignInAsync() : null;
        var lookups = app.Store.Lookups;

        using var response = await app.GetAsync("/page", token, cookie);

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(lookups, app.Store.Lookups);
        Assert.Contains(app.Logs.GetSnapshot(), record =>
            record.Message.Contains("/page", StringComparison.Ordinal) && record.Message.Contains("RequireScope(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pat_")]
    [InlineData("pat_garbage")]
    [InlineData("pat_0000000000000000000000_0000000000000000000000000000000000000000000000000")]
    public async Task Anything_with_our_prefix_gets_the_same_answer_unverified(string value)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/page", authorization: $"Bearer {value}");

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Fact]
    public async Task Naming_our_scheme_alone_opens_nothing()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/named", await app.CreateTokenAsync("write"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(0, app.Store.Lookups);
    }

    [Fact]
    public async Task Forbidding_by_hand_on_a_closed_endpoint_says_that_it_is_closed()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/forbid", await app.CreateTokenAsync("write"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    private static Task<TestApp> StartAsync() => TestApp.StartAsync(
        services: builder => builder.Services.AddHealthChecks(),
        pipeline: app =>
        {
            TestApp.UsualPipeline(app);
            app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory) });
            app.Map("/branch", branch => branch.Run(context => context.Response.WriteAsync(Answers.Who(context))));
        },
        map: app =>
        {
            app.MapHealthChecks("/health");
            app.MapGet("/short", Answers.Who).ShortCircuit();
            app.MapGet("/by-hand", async (HttpContext context) =>
            {
                var result = await context.AuthenticateAsync(PersonalAccessTokenDefaults.AuthenticationScheme);
                return $"{result.Succeeded} {result.Failure} {result.Principal?.Identity?.Name}";
            });
            app.MapGet("/public", Answers.Who);
            app.MapGet("/page", Answers.Who).RequireAuthorization();
            app.MapGet("/forbid", () => Results.Forbid());
            app.MapGet("/named", Answers.Who).RequireAuthorization(policy =>
                policy.AddAuthenticationSchemes(PersonalAccessTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser());
        });
}
