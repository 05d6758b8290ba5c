using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore.Tests;

/// <summary>Tokens can be added wherever the application likes.</summary>
public sealed class RegistrationTests
{
    public static TheoryData<string> Orders => ["before", "after", "twice", "on the builder", "on the builder and after"];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Tokens_and_sessions_work_in_whatever_order_they_are_added(string order)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, authentication: authentication =>
        {
            var services = authentication.Services;
            if (order is "before" or "twice")
            {
                services.AddPersonalAccessTokens();
            }

            var cookies = TestHost.AddCookies(services.AddAuthentication("Cookies"));
            if (order.StartsWith("on the builder", StringComparison.Ordinal))
            {
                cookies.AddPersonalAccessTokens();
            }
        });
        var token = await app.CreateTokenAsync("read");

        using var byToken = await app.GetAsync(UsualEndpoints.Read, token);
        using var byCookie = await app.GetAsync(UsualEndpoints.Closed, cookie: await app.SignInAsync());
        using var nothing = await app.GetAsync(UsualEndpoints.Closed);
        var schemes = await app.Services.GetRequiredService<IAuthenticationSchemeProvider>().GetAllSchemesAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (byToken.StatusCode, byCookie.StatusCode));
        Assert.Equal(HttpStatusCode.Redirect, nothing.StatusCode);
        Assert.Equal(
            ["Cookies", "PersonalAccessToken", "PersonalAccessTokenOrDefault"],
            schemes.Select(scheme => scheme.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Adding_a_scheme_again_adds_configuration()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, authentication: authentication => authentication
            .AddPersonalAccessTokens(options => options.Realm = "first")
            .AddPersonalAccessTokens(options => options.IncludeErrorDetails = true));

        var options = app.Services.GetRequiredService<IOptionsMonitor<PersonalAccessTokenAuthenticationOptions>>()
            .Get(PersonalAccessTokenDefaults.AuthenticationScheme);

        Assert.Equal(("first", true), (options.Realm, options.IncludeErrorDetails));
    }

    [Fact]
    public async Task A_scheme_can_have_names_of_its_own()
    {
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            authentication: authentication => authentication.AddPersonalAccessTokens("Tokens", "API tokens", null));
        var token = await app.CreateTokenAsync("read");

        using var response = await app.GetAsync(UsualEndpoints.Read, token);
        var provider = app.Services.GetRequiredService<IAuthenticationSchemeProvider>();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("API tokens", (await provider.GetSchemeAsync("Tokens"))?.DisplayName);
        Assert.Null(await provider.GetSchemeAsync(PersonalAccessTokenDefaults.AuthenticationScheme));
    }

    [Fact]
    public void A_scheme_needs_a_name()
    {
        var authentication = new AuthenticationBuilder(new ServiceCollection());

        Assert.Throws<ArgumentException>(() => authentication.AddPersonalAccessTokens("", null));
    }
}
