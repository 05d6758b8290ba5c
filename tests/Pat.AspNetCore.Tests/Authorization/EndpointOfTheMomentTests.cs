using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>
/// A token that was accepted for one endpoint is not accepted for another one that the same request comes to, though a
/// policy without schemes takes the user that is there.
/// </summary>
public sealed class EndpointOfTheMomentTests
{
    [Theory]
    [InlineData("/plain")]
    [InlineData("/assertion")]
    public async Task Authentication_before_routing_opens_nothing(string path)
    {
        await using var app = await StartAsync(app =>
        {
            app.UseAuthentication();
            app.UseRouting();
            app.UseAuthorization();
        });
        var token = await app.CreateTokenAsync("read");

        using var response = await app.PostAsync(path, token);

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync("/scope", token).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(path, cookie: await app.SignInAsync()).StatusAsync());
    }

    [Fact]
    public async Task A_branch_with_routing_of_its_own_opens_nothing()
    {
        await using var app = await StartAsync(app =>
        {
            app.UseAuthentication();
            app.Map("/branch", branch =>
            {
                branch.UseRouting();
                branch.UseAuthorization();
                branch.UseEndpoints(endpoints => endpoints.MapPost("/plain", Answers.Who).RequireAuthorization());
            });
            app.UseAuthorization();
        });

        using var response = await app.PostAsync("/branch/plain", await app.CreateTokenAsync("read"));

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_closed_page_executed_after_authentication_does_not_run_as_the_owner(bool forwardTokens)
    {
        await using var app = await TestApp.StartAsync(
            scheme: options => options.ForwardTokens = forwardTokens,
            pipeline: app =>
            {
                app.UseAuthentication();
                app.UseStatusCodePagesWithReExecute("/plain");
                app.UseAuthorization();
            },
            map: app =>
            {
                app.MapGet("/missing", () => Results.NotFound()).RequireScope("read");
                app.MapGet("/plain", Answers.Who).RequireAuthorization();
            });

        var text = await app.GetAsync("/missing", await app.CreateTokenAsync("read")).TextAsync();

        Assert.DoesNotContain(TestApp.Alice, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_closed_action_under_a_filter_for_all_actions_does_not_run_as_the_owner()
    {
        await using var app = await TestApp.StartAsync(
            services: builder =>
            {
                OnlyControllers.Add(typeof(PagesController))(builder);
                builder.Services.Configure<MvcOptions>(options =>
                    options.Filters.Add(new AuthorizeFilter(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())));
            },
            pipeline: app =>
            {
                app.UseAuthentication();
                app.UseStatusCodePagesWithReExecute("/page");
                app.UseAuthorization();
            },
            map: app =>
            {
                app.MapGet("/missing", () => Results.NotFound()).RequireScope("read");
                app.MapControllers();
            });

        var text = await app.GetAsync("/missing", await app.CreateTokenAsync("read")).TextAsync();

        Assert.DoesNotContain(TestApp.Alice, text, StringComparison.Ordinal);
        Assert.Equal(TestApp.Alice, await app.GetAsync("/page", cookie: await app.SignInAsync()).TextAsync());
    }

    private static Task<TestApp> StartAsync(Action<WebApplication> pipeline) => TestApp.StartAsync(
        services: builder => builder.Services.AddAuthorization(options =>
            options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireScope("read").Build()),
        pipeline: pipeline,
        map: app =>
        {
            app.MapGet("/scope", Answers.Who).RequireScope("read");
            app.MapPost("/plain", Answers.Who).RequireAuthorization();
            app.MapPost("/assertion", Answers.Who).RequireAuthorization(policy => policy.RequireAssertion(_ => true));
        });

    /// <summary>States nothing: the filter is all that guards it.</summary>
    [ApiController]
    public sealed class PagesController : ControllerBase
    {
        [HttpGet("/page")]
        public string Get() => Answers.Who(HttpContext);
    }
}
