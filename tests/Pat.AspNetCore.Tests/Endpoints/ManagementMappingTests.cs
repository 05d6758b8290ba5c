using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementMappingTests
{
    [Theory]
    [InlineData("/tokens", "/tokens")]
    [InlineData("tokens/", "/tokens")]
    [InlineData("/a/b/c", "/a/b/c")]
    public async Task The_API_is_where_the_application_maps_it(string pattern, string path)
    {
        await using var app = await Management.StartAsync(app => app.MapPersonalAccessTokens(pattern));
        var cookie = await app.SignInAsync();

        using var created = await app.CreateAsync(cookie, path: path);
        using var list = await app.GetAsync(path, cookie: cookie);
        using var atDefault = await app.GetAsync(Management.Path, cookie: cookie);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal(HttpStatusCode.OK, list.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, atDefault.StatusCode);
    }

    [Fact]
    public async Task Mapped_twice_it_is_the_same_API_in_both_places()
    {
        await using var app = await Management.StartAsync(app =>
        {
            app.MapPersonalAccessTokens();
            app.MapGroup("/v2").MapPersonalAccessTokens("/tokens");
        });
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);

        using var response = await app.GetAsync($"/v2/tokens/{created.Text("id")}", cookie: cookie);
        using var self = await app.GetAsync("/v2/tokens/self", created.Text("token"));
        using var refused = await app.GetAsync("/v2/tokens", created.Text("token"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, self.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Conventions_on_what_mapping_returns_hold_for_all_its_endpoints()
    {
        await using var app = await Management.StartAsync(app => app.MapPersonalAccessTokens().RequireHost("elsewhere.example"));

        using var response = await app.GetAsync(Management.Path, cookie: await app.SignInAsync());

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_to_everybody_it_stops_the_start_and_says_what_to_do(bool isByGroup)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Management.StartAsync(app =>
        {
            if (isByGroup)
            {
                app.MapGroup("/open").AllowAnonymous().MapPersonalAccessTokens("/tokens");
            }
            else
            {
                app.MapPersonalAccessTokens("/open/tokens").AllowAnonymous();
            }
        }));

        Assert.Equal(SessionRoutes.All().Length, exception.Failures.Count());
        Assert.All(exception.Failures, failure =>
        {
            Assert.Contains("/open/tokens/", failure, StringComparison.Ordinal);
            Assert.DoesNotContain("/self", failure, StringComparison.Ordinal);
            Assert.Contains("Take AllowAnonymous off the group around MapPersonalAccessTokens", failure, StringComparison.Ordinal);
        });
    }

    /// <summary>Kestrel answers before endpoints are checked, and what is mapped after the start never is.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Open_to_everybody_it_manages_nothing_even_where_the_start_was_not_stopped(bool isSignedIn)
    {
        await using var app = await Management.StartAsync(
            app => app.MapPersonalAccessTokens().AllowAnonymous(),
            services: builder =>
            {
                builder.Services.AddAuthentication().AddPersonalAccessTokens();
                builder.Services.Remove(builder.Services.Single(static service => service.ImplementationType == typeof(EndpointCheck)));
            });
        var id = PersonalAccessTokenFormat.FormatId((await app.CreateTokenAsync(TestApp.Alice, ["read"])).Token!.Id);
        var cookie = isSignedIn ? await app.SignInAsync() : null;

        foreach (var route in SessionRoutes.All(id))
        {
            using var response = await app.SendAsync(route, cookie);

            Assert.Contains("open to everybody", (await response.ProblemAsync(HttpStatusCode.Forbidden)).Text("detail"), StringComparison.Ordinal);
        }

        Assert.Equal(1, await app.CountAsync());
    }

    [Theory]
    [InlineData("/tokens", "/tokens")]
    [InlineData("/tokens", "Tokens/")]
    public async Task Mapped_twice_to_one_path_it_stops_the_start_and_says_what_to_do(string first, string second)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Management.StartAsync(app =>
        {
            app.MapPersonalAccessTokens(first);
            app.MapPersonalAccessTokens(second);
        }));

        var fault = Assert.Single(exception.Failures);
        Assert.StartsWith("More than one endpoint answers GET /tokens, POST /tokens, DELETE /tokens, GET /tokens/{id}", fault, StringComparison.Ordinal);
        Assert.Contains("Call MapPersonalAccessTokens", fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_diagnostics_mapped_twice_to_one_path_stop_the_start()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => Management.StartAsync(
            app =>
            {
                app.MapPersonalAccessTokenDiagnostics("Operators");
                app.MapPersonalAccessTokenDiagnostics("Operators");
            },
            services: builder => builder.Services.AddAuthorizationBuilder().AddPolicy("Operators", policy => policy.RequireRole("operator"))));

        Assert.Contains("GET /diagnostics/access_tokens,", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mapped_for_two_hosts_it_is_there_for_both()
    {
        await using var app = await Management.StartAsync(app =>
        {
            app.MapPersonalAccessTokens().RequireHost("one.example");
            app.MapPersonalAccessTokens().RequireHost("127.0.0.1");
        });

        Assert.Equal(HttpStatusCode.OK, await app.GetAsync(Management.Path, cookie: await app.SignInAsync()).StatusAsync());
    }

    [Fact]
    public async Task Endpoints_of_the_applications_that_share_a_path_are_its_own_business()
    {
        await using var app = await Management.StartAsync(app =>
        {
            app.MapGet("/tasks", () => "one").RequireScope("read");
            app.MapGet("/tasks", () => "two").RequireScope("read");
        });
    }

    [Fact]
    public async Task Methods_that_do_not_exist_are_405()
    {
        await using var app = await Management.StartAsync();

        using var response = await app.SendAsync(HttpMethod.Put, Management.Path, cookie: await app.SignInAsync());

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Without_tokens_to_manage_mapping_says_what_is_missing()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapPersonalAccessTokens());

        Assert.Contains("AddPersonalAccessTokens()", exception.Message, StringComparison.Ordinal);
    }
}
