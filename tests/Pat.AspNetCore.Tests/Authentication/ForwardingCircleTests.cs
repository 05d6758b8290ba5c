using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Schemes that forward to each other answer all the same: a circle would end the process.</summary>
public sealed class ForwardingCircleTests
{
    private const string Cookies = CookieAuthenticationDefaults.AuthenticationScheme;

    public static TheoryData<string> Forwards => [.. Settings.Keys];

    private static Dictionary<string, Action<PersonalAccessTokenAuthenticationOptions>> Settings => new()
    {
        ["challenge"] = options => options.ForwardChallenge = Cookies,
        ["authenticate"] = options => options.ForwardAuthenticate = Cookies,
        ["forbid"] = options => options.ForwardForbid = Cookies,
        ["default"] = options => options.ForwardDefault = Cookies,
        ["selector"] = options => options.ForwardDefaultSelector = _ => Cookies,
    };

    [Theory]
    [MemberData(nameof(Forwards))]
    public async Task A_scheme_that_forwards_to_the_default_scheme_keeps_requests_with_tokens(string forward)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: Settings[forward]);

        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(UsualEndpoints.Read, "pat_garbage").StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync(UsualEndpoints.Closed, "pat_garbage").StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read")).StatusAsync());
    }

    [Theory]
    [MemberData(nameof(Forwards))]
    public async Task A_circle_through_a_third_scheme_ends(string forward)
    {
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            scheme: options =>
            {
                Settings[forward](options);
                options.ForwardChallenge = Third(options.ForwardChallenge);
                options.ForwardAuthenticate = Third(options.ForwardAuthenticate);
                options.ForwardForbid = Third(options.ForwardForbid);
                options.ForwardDefault = Third(options.ForwardDefault);
            },
            authentication: authentication => TestHost.AddCookies(authentication.Services.AddAuthentication(Cookies))
                .AddPolicyScheme("third", null, options => options.ForwardDefault = Cookies));

        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(UsualEndpoints.Read, "pat_garbage").StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read")).StatusAsync());

        static string? Third(string? scheme) => scheme is null ? null : "third";
    }

    [Fact]
    public async Task A_default_scheme_whose_own_selector_names_ours_answers_foreign_credentials()
    {
        await using var app = await TestApp.StartAsync(
            UsualEndpoints.Map,
            authentication: authentication => authentication.Services.AddAuthentication(Cookies).AddCookie(Cookies, options =>
                options.ForwardDefaultSelector = context =>
                    context.Request.Headers.Authorization.Count > 0 ? PersonalAccessTokenDefaults.SelectorScheme : null));

        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(UsualEndpoints.Read, "foreign").StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.GetAsync(UsualEndpoints.Closed, "foreign").StatusAsync());
        Assert.Equal(HttpStatusCode.OK, await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read")).StatusAsync());
    }
}
