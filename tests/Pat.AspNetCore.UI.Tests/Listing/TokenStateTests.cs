namespace Pat.AspNetCore.UI.Tests;

public sealed class TokenStateTests
{
    [Fact]
    public async Task A_token_that_ends_within_the_period_expires_soon()
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.SoonPeriod = TimeSpan.FromDays(3) });
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(30))).Token!;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(26));
        using var browser = await app.SignInAsync();

        var before = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];
        app.Time.AdvanceWallClock(TimeSpan.FromDays(1));
        var after = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];

        Assert.Equal(("Active", "Expires soon"), (before, after));
    }

    [Fact]
    public async Task A_token_with_a_short_life_expires_soon_in_its_last_quarter()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(1))).Token!;
        using var browser = await app.SignInAsync();

        var before = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];
        app.Time.AdvanceWallClock(TimeSpan.FromHours(18));
        var after = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];

        Assert.Equal(("Active", "Expires soon"), (before, after));
    }

    [Fact]
    public async Task A_token_that_was_just_used_is_not_about_to_be_inactive()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.InactivityPeriod = TimeSpan.FromDays(4) });
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(300))).Token!;
        using var browser = await app.SignInAsync();

        var before = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];
        app.Time.AdvanceWallClock(TimeSpan.FromDays(3));
        var after = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];

        Assert.Equal("Active", before);
        Assert.StartsWith("Inactive soon", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_token_says_so_and_can_only_be_revoked()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddHours(1))).Token!;
        using var browser = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));

        var row = (await browser.GetAsync(PageApp.Path)).Row(token.Id);

        Assert.Equal("Expired", row["State"]);
        Assert.Equal("1 Mar 2026, 13:00", row["Expires"]);
        Assert.Equal("Revoke laptop", row["Actions"]);
    }

    [Fact]
    public async Task A_token_about_to_be_inactive_says_when_it_stops_and_when_it_is_removed()
    {
        await using var app = await StartWithInactivityAsync();
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(300))).Token!;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(25));
        using var browser = await app.SignInAsync();

        var row = (await browser.GetAsync(PageApp.Path)).Row(token.Id);

        Assert.Equal("Inactive soon Unless it is used, it stops working on 31 Mar 2026 and is removed on 7 Apr 2026.", row["State"]);
    }

    [Fact]
    public async Task An_inactive_token_says_for_how_long_and_when_it_is_removed()
    {
        await using var app = await StartWithInactivityAsync();
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(300))).Token!;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(30));
        using var browser = await app.SignInAsync();

        var row = (await browser.GetAsync(PageApp.Path)).Row(token.Id);

        Assert.Equal("Inactive It was not used for 30 days. It is removed on 7 Apr 2026.", row["State"]);
        Assert.Equal("Revoke laptop", row["Actions"]);
    }

    [Fact]
    public async Task Of_two_ends_the_first_is_told()
    {
        await using var app = await StartWithInactivityAsync();
        var token = (await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddDays(29))).Token!;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(25));
        using var browser = await app.SignInAsync();

        Assert.Equal("Expires soon", (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"]);
    }

    [Fact]
    public async Task A_revoked_token_says_since_when_and_nothing_can_be_done_with_it()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        app.Time.AdvanceWallClock(TimeSpan.FromDays(1));
        await app.Manager.RevokeAsync(token.Id);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(1));
        using var browser = await app.SignInAsync();

        var row = (await browser.GetAsync(PageApp.Path)).Row(token.Id);

        Assert.Equal("Revoked On 2 Mar 2026", row["State"]);
        Assert.Equal("", row["Actions"]);
    }

    [Fact]
    public async Task While_a_former_value_works_the_list_says_until_when()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        using var browser = await app.SignInAsync();
        await app.Manager.RotateAsync(PageApp.Alice, token.Id, new PersonalAccessTokenRotation { Overlap = TimeSpan.FromHours(1) });

        var during = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));
        var after = (await browser.GetAsync(PageApp.Path)).Row(token.Id)["State"];

        Assert.Equal("Active The former value works until 1 Mar 2026, 13:00.", during);
        Assert.Equal("Active", after);
    }

    [Fact]
    public async Task A_token_without_an_expiry_never_expires()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        var result = await app.Manager.CreateAsync(new PersonalAccessTokenCreation { OwnerId = PageApp.Alice, Name = "x", Scopes = ["read"] });
        using var browser = await app.SignInAsync();

        var row = (await browser.GetAsync(PageApp.Path)).Row(result.Token!.Id);

        Assert.Equal(("Never", "Active"), (row["Expires"], row["State"]));
    }

    private static Task<PageApp> StartWithInactivityAsync() => PageApp.StartAsync(new()
    {
        Tokens = options => options.InactivityPeriod = TimeSpan.FromDays(30),
    });
}
