using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Pat.Identity.Tests;

/// <summary>Identity's sessions and what they may still do with tokens.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Row_7_A_cookie_from_before_the_password_changed_creates_no_token()
    {
        await using var app = await SessionApplication.StartAsync();
        var cookie = await app.CookieFromAsync("/sign-in");
        await AssertCreatesAsync(app, cookie);
        await app.ChangeAsync((users, user) => users.ChangePasswordAsync(user, SessionApplication.Password, "0ther-Passw0rd!"));

        // The application itself takes it until Identity looks at the stamp again, within half an hour.
        using var me = await app.GetAsync("/me", cookie);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
        await AssertRefusedAsync(app, cookie, HttpStatusCode.Unauthorized, "urn:pat:session-ended");
    }

    [Fact]
    public async Task Row_7_A_changed_security_stamp_ends_sessions_here_at_once_and_a_new_sign_in_works()
    {
        await using var app = await SessionApplication.StartAsync();
        var cookie = await app.CookieFromAsync("/sign-in");
        await app.ChangeAsync((users, user) => users.UpdateSecurityStampAsync(user));

        await AssertRefusedAsync(app, cookie, HttpStatusCode.Unauthorized, "urn:pat:session-ended");
        await AssertCreatesAsync(app, await app.CookieFromAsync("/sign-in"));
    }

    [Fact]
    public async Task Row_7_A_deleted_user_creates_no_token()
    {
        await using var app = await SessionApplication.StartAsync();
        var cookie = await app.CookieFromAsync("/sign-in");
        await app.ChangeAsync((users, user) => users.DeleteAsync(user));

        await AssertRefusedAsync(app, cookie, HttpStatusCode.Unauthorized, "urn:pat:session-ended");
    }

    [Fact]
    public async Task A_user_under_an_administrators_lock_is_403()
    {
        await using var app = await SessionApplication.StartAsync();
        var cookie = await app.CookieFromAsync("/sign-in");
        await app.ChangeAsync((users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));

        await AssertRefusedAsync(app, cookie, HttpStatusCode.Forbidden, null);
    }

    [Fact]
    public async Task A_refreshed_sign_in_is_as_old_as_the_sign_in_itself()
    {
        await using var app = await SessionApplication.StartAsync(Limit);
        var cookie = await app.CookieFromAsync("/sign-in");
        await AssertCreatesAsync(app, cookie);
        app.Time.Advance(Limit + TimeSpan.FromSeconds(1));

        await AssertOldAsync(app, await app.CookieFromAsync("/refresh", cookie));
    }

    [Fact]
    public async Task A_session_whose_stamp_was_looked_at_again_is_as_old_as_its_sign_in()
    {
        await using var app = await SessionApplication.StartAsync(Limit);
        var cookie = await app.CookieFromAsync("/sign-in");

        // Past the interval at which Identity compares stamps, and issues the cookie anew.
        app.Time.Advance(TimeSpan.FromMinutes(31));

        await AssertOldAsync(app, await app.CookieFromAsync("/me", cookie));
    }

    [Fact]
    public async Task A_renewed_session_is_as_old_as_its_sign_in()
    {
        await using var app = await SessionApplication.StartAsync(Limit);
        var cookie = await app.CookieFromAsync("/sign-in");
        app.Time.Advance(TimeSpan.FromDays(8));

        await AssertOldAsync(app, await app.CookieFromAsync("/me", cookie));
    }

    [Fact]
    public async Task A_new_sign_in_over_an_old_session_is_a_recent_one()
    {
        await using var app = await SessionApplication.StartAsync(Limit);
        var cookie = await app.CookieFromAsync("/sign-in");
        app.Time.Advance(TimeSpan.FromHours(1));
        await AssertOldAsync(app, cookie);

        await AssertCreatesAsync(app, await app.CookieFromAsync("/sign-in", cookie));
    }

    private static async Task AssertCreatesAsync(SessionApplication app, string cookie)
    {
        using var response = await app.CreateTokenAsync(cookie);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    private static Task AssertOldAsync(SessionApplication app, string cookie) =>
        AssertRefusedAsync(app, cookie, HttpStatusCode.Forbidden, "urn:pat:recent-sign-in-required");

    private static async Task AssertRefusedAsync(SessionApplication app, string cookie, HttpStatusCode status, string? type)
    {
        using var response = await app.CreateTokenAsync(cookie);
        Assert.Equal(status, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonObject>();
        if (type is not null)
        {
            Assert.Equal(type, problem!["type"]!.GetValue<string>());
        }
    }
}
