using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Wherever the default scheme decides, a request with a token is that token's and nothing else.</summary>
public sealed class TokenAndDefaultSchemeTests
{
    private const string SeenBetween = "X-Seen-Between";

    [Fact]
    public async Task Between_the_middlewares_and_at_the_endpoint_the_token_is_seen_and_no_cookie()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/scope", await CreateBobsAsync(app), await app.SignInAsync());

        Assert.Equal(["bob"], response.Headers.GetValues(SeenBetween));
        Assert.Equal("bob", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_cookie_past_half_its_life_is_not_renewed_beside_a_token()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var token = await CreateBobsAsync(app);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(8));

        using var withToken = await app.GetAsync("/scope", token, cookie);
        using var alone = await app.GetAsync("/scope", cookie: cookie);

        Assert.False(withToken.Headers.Contains("Set-Cookie"));
        Assert.True(alone.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_on_a_cookie_page_is_403_and_no_redirect(bool isWithCookie)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(
            "/page", await app.CreateTokenAsync("write"), isWithCookie ? await app.SignInAsync() : null);

        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        Assert.Contains(app.Logs.GetSnapshot(), record => record.Message.Contains("RequireScope(", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_admin_cookie_beside_a_token_gives_it_no_role()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync(claims: "role:admin");

        Assert.Equal("alice", await app.GetAsync("/admin", cookie: cookie).TextAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/admin", await CreateBobsAsync(app), cookie).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.GetAsync("/admin", await app.CreateTokenAsync("write"), cookie).StatusAsync());
    }

    [Fact]
    public async Task A_refused_token_is_not_saved_by_a_cookie()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/scope", "pat_garbage", await app.SignInAsync());

        response.AssertChallenge(HttpStatusCode.Unauthorized, Answers.Refused);
    }

    [Fact]
    public async Task A_request_with_a_token_makes_JwtBearer_log_nothing()
    {
        await using var app = await StartAsync(Jwts.AsDefault);

        Assert.Equal("alice", await app.GetAsync("/scope", await app.CreateTokenAsync("read")).TextAsync());

        Assert.DoesNotContain(app.Logs.GetSnapshot(), record =>
            record.Category?.Contains("JwtBearer", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_remote_challenge_scheme_sends_no_request_with_a_token_away()
    {
        await using var app = await StartAsync(authentication => TestHost.AddCookies(authentication.Services.AddAuthentication(options =>
        {
            options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
            options.DefaultChallengeScheme = RemoteProvider.Name;
        })).AddScheme<RemoteAuthenticationOptions, RemoteProvider>(RemoteProvider.Name, options =>
        {
            options.CallbackPath = "/callback";
            options.SignInScheme = CookieAuthenticationDefaults.AuthenticationScheme;
        }));

        Assert.Equal(HttpStatusCode.Redirect, await app.GetAsync("/page").StatusAsync());
        using var response = await app.GetAsync("/page", await app.CreateTokenAsync("read"));
        response.AssertChallenge(HttpStatusCode.Forbidden, Answers.Closed);
        using var anonymous = await app.GetAsync("/scope");
        anonymous.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
        using var foreign = await app.GetAsync("/scope", authorization: "Bearer something-else");
        foreign.AssertChallenge(HttpStatusCode.Unauthorized, "Bearer");
    }

    [Fact]
    public async Task Signing_in_with_a_password_works_beside_a_token()
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync("/sign-in?user=alice", await CreateBobsAsync(app));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.Contains("Set-Cookie"));
    }

    private static async Task<string> CreateBobsAsync(TestApp app) => (await app.CreateTokenAsync(TestApp.Bob, ["write"])).Value!;

    private static Task<TestApp> StartAsync(Action<AuthenticationBuilder>? authentication = null) => TestApp.StartAsync(
        authentication: authentication,
        pipeline: app =>
        {
            app.UseAuthentication();
            app.Use((context, next) =>
            {
                context.Response.Headers[SeenBetween] = Answers.Who(context);
                return next(context);
            });
            app.UseAuthorization();
        },
        map: app =>
        {
            app.MapGet("/scope", Answers.Who).RequireScope("read");
            app.MapGet("/page", Answers.Who).RequireAuthorization();
            app.MapGet("/admin", Answers.Who).RequireScope("read").RequireAuthorization(policy => policy
                .AddAuthenticationSchemes(CookieAuthenticationDefaults.AuthenticationScheme).RequireRole("admin"));
        });
}
