using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using static Pat.AspNetCore.TestSupport.NamedSchemesApp;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row31CookieBesideTokenTests"/>, for endpoints that name schemes themselves.</summary>
public sealed class Row31CookieBesideTokenWithNamedSchemesTests
{
    [Theory]
    [InlineData("/cookies-write")]
    [InlineData("/cookies-policy-write")]
    public async Task Row_31_A_second_policy_that_names_cookies_widens_no_token(string path)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(path, cookie: cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync(path, await app.CreateTokenAsync("read"), cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(path, await app.CreateTokenAsync("write")).StatusAsync());
    }

    [Fact]
    public async Task Row_31_Nor_does_it_where_cookies_are_no_default()
    {
        await using var app = await StartAsync(JwtBearerDefaults.AuthenticationScheme);
        var cookie = await app.SignInAsync();

        Assert.Equal(HttpStatusCode.OK, await app.PostAsync("/cookies-write", cookie: cookie).StatusAsync());
        foreach (var scope in new[] { "read", "write" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync(
                "/cookies-write", await app.CreateTokenAsync(scope), cookie).StatusAsync());
        }
    }
}
