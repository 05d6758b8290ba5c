using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.Tests.RecentSignIns;

namespace Pat.AspNetCore.Tests;

/// <summary>RequireRecentSignIn: what can give somebody more takes a sign-in of a short while ago.</summary>
public sealed class RecentSignInTests
{
    [Fact]
    public async Task A_sign_in_is_recent_until_it_is_older_than_the_limit()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();

        app.Time.Advance(Limit);
        await app.CreatedAsync(cookie);
        app.Time.Advance(TimeSpan.FromSeconds(1));

        await AssertOldAsync(app, cookie);
        await app.CreatedAsync(await app.SignInAsync());
    }

    [Fact]
    public async Task An_old_sign_in_lists_and_revokes_and_does_nothing_that_can_widen()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        foreach (var route in SessionRoutes.All(id))
        {
            using var response = await app.SendAsync(route, cookie);
            if (route.CanWiden)
            {
                await AssertOldAsync(response);
            }
            else
            {
                Assert.True(response.IsSuccessStatusCode, $"{route.Method} {route.Path}: {response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Any_sign_in_will_do_where_none_is_asked_to_be_recent()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromDays(10));

        await app.CreatedAsync(cookie);
    }

    [Fact]
    public async Task A_cookie_renewed_in_use_is_as_old_as_its_sign_in()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();

        // Past half of the cookie's life, which is when it is renewed.
        app.Time.AdvanceWallClock(TimeSpan.FromDays(8));
        using var renewal = await app.GetAsync(Management.Path, cookie: cookie);
        var renewed = CookieOf(renewal);

        await AssertOldAsync(app, renewed);
    }

    [Fact]
    public async Task A_session_that_is_signed_in_again_with_its_own_properties_is_as_old_as_its_sign_in()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        using var refresh = await app.GetAsync("/refresh", cookie: cookie);

        await AssertOldAsync(app, CookieOf(refresh));
    }

    [Fact]
    public async Task A_session_that_is_signed_in_again_without_its_properties_is_a_new_sign_in()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        using var anew = await app.GetAsync("/sign-in-anew", cookie: cookie);

        await app.CreatedAsync(CookieOf(anew));
    }

    [Fact]
    public async Task A_session_from_before_sign_ins_were_noted_is_old()
    {
        await using var app = await StartAsync(events: new UnnotedEvents());

        await AssertOldAsync(app, await app.SignInAsync());
    }

    [Theory]
    [InlineData("delegate")]
    [InlineData("class")]
    [InlineData("type")]
    [InlineData("set later")]
    public async Task The_applications_own_events_run_as_before_and_sign_ins_are_noted(string kind)
    {
        await using var app = await StartAsync(services: builder =>
        {
            builder.Services.AddScoped<OwnEvents>();
            var cookies = builder.Services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme);
            _ = kind switch
            {
                "delegate" => cookies.Configure(options => options.Events.OnSigningIn = OwnEvents.MarkAsync),
                "class" => cookies.Configure(options => options.Events = new OwnEvents()),
                "type" => cookies.Configure(options => options.EventsType = typeof(OwnEvents)),
                _ => cookies,
            };
        }, lateServices: services => services.PostConfigureAll<CookieAuthenticationOptions>(options =>
        {
            if (kind == "set later")
            {
                options.Events.OnSigningIn = OwnEvents.MarkAsync;
            }
        }));
        var cookie = await app.SignInAsync();

        await app.CreatedAsync(cookie);
        using var mark = await app.GetAsync("/mark", cookie: cookie);
        Assert.Equal("marked", await mark.Content.ReadAsStringAsync());

        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));
        await AssertOldAsync(app, cookie);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sign_ins_are_found_under_a_policy_that_names_schemes(bool isTransformed)
    {
        await using var app = await StartAsync(services: builder =>
        {
            builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder(CookieAuthenticationDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build());
            if (isTransformed)
            {
                builder.Services.AddSingleton<IClaimsTransformation, CloningTransformation>();
            }
        });
        var cookie = await app.SignInAsync();

        await app.CreatedAsync(cookie);
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        await AssertOldAsync(app, cookie);
    }

    [Fact]
    public async Task The_sign_in_of_another_user_in_the_same_browser_makes_a_session_no_younger()
    {
        await using var app = await StartAsync(services: builder =>
        {
            builder.Services.AddAuthentication().AddCookie(SecondScheme);

            // The user of the last one is the first of the merged identities, and so whose tokens it is about.
            builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder(SecondScheme, CookieAuthenticationDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build());
        });
        var cookie = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        using var second = await app.GetAsync($"/sign-in-too?user={TestApp.Bob}");

        await AssertOldAsync(app, $"{cookie}; {CookieOf(second)}");
        Assert.Equal(0, await app.CountAsync(TestApp.Bob));
    }

    [Theory]
    [InlineData("00:00:59")]
    [InlineData("1.00:00:01")]
    [InlineData("-00:01:00")]
    public async Task A_limit_out_of_range_stops_the_start(string limit)
    {
        var exception = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => Management.StartAsync(
            services: builder => builder.Services.Configure<PersonalAccessTokenManagementOptions>(
                options => options.RequireRecentSignIn = TimeSpan.Parse(limit, CultureInfo.InvariantCulture))));

        Assert.Contains("RequireRecentSignIn", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    private sealed class UnnotedEvents : CookieAuthenticationEvents;

    private sealed class CloningTransformation : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) => Task.FromResult(principal.Clone());
    }
}
