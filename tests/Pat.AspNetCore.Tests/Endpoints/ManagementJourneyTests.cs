using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementJourneyTests
{
    [Fact]
    public async Task A_token_is_created_used_listed_shown_revoked_and_refused()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();

        var created = await app.CreatedAsync(cookie);
        var (id, token) = (created.Text("id"), created.Text("token"));
        using (var used = await app.GetAsync("/tasks", token))
        {
            Assert.Equal(HttpStatusCode.OK, used.StatusCode);
        }

        using (var list = await app.GetAsync(Management.Path, cookie: cookie))
        {
            var item = Assert.Single((await list.ObjectAsync())["items"]!.AsArray());
            Assert.Equal(id, item!.AsObject().Text("id"));
        }

        using (var shown = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie))
        {
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            Assert.Equal("\"1\"", shown.Headers.ETag?.ToString());
            shown.AssertUnstored();
        }

        using (var revoked = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/{id}", cookie: cookie))
        {
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            revoked.AssertUnstored();
        }

        using var refused = await app.GetAsync("/tasks", token);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Revoking_again_is_204_and_changes_nothing()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var path = $"{Management.Path}/{(await app.CreatedAsync(cookie)).Text("id")}";
        using var first = await app.SendAsync(HttpMethod.Delete, path, cookie: cookie);
        using var afterFirst = await app.GetAsync(path, cookie: cookie);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        using var second = await app.SendAsync(HttpMethod.Delete, path, cookie: cookie);

        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        using var afterSecond = await app.GetAsync(path, cookie: cookie);
        Assert.Equal(await afterFirst.Content.ReadAsStringAsync(), await afterSecond.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_token_works_until_its_expiry_and_not_at_it()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var expiry = app.Time.GetUtcNow().AddMinutes(10);
        var created = await app.CreatedAsync(
            cookie, $$"""{ "name": "n", "scopes": ["read"], "expiresAt": "{{expiry.ToString("O", CultureInfo.InvariantCulture)}}" }""");

        app.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        using var before = await app.GetAsync("/tasks", created.Text("token"));
        app.Time.Advance(TimeSpan.FromMilliseconds(1));
        using var at = await app.GetAsync("/tasks", created.Text("token"));

        Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, at.StatusCode);
        Assert.Equal("expired", await StatusAsync(app, cookie, created.Text("id")));
    }

    [Fact]
    public async Task A_token_that_was_not_used_for_the_inactivity_period_is_refused()
    {
        await using var app = await StartAsync(options => options.InactivityPeriod = TimeSpan.FromDays(2));
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);

        app.Time.AdvanceWallClock(TimeSpan.FromDays(2));
        using var response = await app.GetAsync("/tasks", created.Text("token"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("inactive", await StatusAsync(app, await app.SignInAsync(), created.Text("id")));
    }

    private static Task<TestApp> StartAsync(Action<PersonalAccessTokenOptions>? tokens = null) => Management.StartAsync(
        app =>
        {
            app.MapPersonalAccessTokens();
            app.MapGet("/tasks", () => "tasks").RequireScope("read");
        },
        tokens);

    private static async Task<string> StatusAsync(TestApp app, string cookie, string id)
    {
        using var response = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        return (await response.ObjectAsync()).Text("status");
    }
}
