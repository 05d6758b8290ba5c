using System.Net;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

public sealed class RotationTests
{
    [Fact]
    public async Task The_old_value_stops_at_once_unless_something_else_is_chosen()
    {
        await using var app = await PageApp.StartAsync();
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("The new value of “laptop”", page.Title);
        Assert.True((await app.Manager.VerifyAsync(page.Value!)).Succeeded);
        Assert.False((await app.Manager.VerifyAsync(old.Value!)).Succeeded);
        Assert.DoesNotContain("former value", page.Text, StringComparison.Ordinal);
        var rotated = await app.TokenAsync(old.Token!.Id);
        Assert.Equal((2L, old.Token.ExpiresAt), (rotated.Version, rotated.ExpiresAt));
    }

    [Theory]
    [InlineData(3600)]
    [InlineData(86400)]
    public async Task Row_11_With_an_overlap_the_old_value_works_until_exactly_its_end(int seconds)
    {
        await using var app = await PageApp.StartAsync();
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var end = app.Time.GetUtcNow().AddSeconds(seconds);

        var page = await browser.SubmitAsync(path, ("overlap", seconds.ToString(null, null)));
        app.Time.SetUtcNow(end.AddTicks(-10));
        var before = await app.Manager.VerifyAsync(old.Value!);
        app.Time.SetUtcNow(end);
        var after = await app.Manager.VerifyAsync(old.Value!);

        Assert.Contains($"The former value works until {end.ToString("d MMM yyyy, HH:mm", null)} UTC", page.Text, StringComparison.Ordinal);
        Assert.Equal((true, false), (before.Succeeded, after.Succeeded));
    }

    [Theory]
    [InlineData(24, "Stop at once", "Work for 1 hour more", "Work for 24 hours more")]
    [InlineData(0, "Stop at once")]
    [InlineData(240, "Stop at once", "Work for 1 hour more", "Work for 24 hours more", "Work for 7 days more")]
    public async Task The_overlaps_are_those_that_policy_allows(int hours, params string[] labels)
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxRotationOverlap = TimeSpan.FromHours(hours) });
        var (_, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(path);

        Assert.Equal(labels, page.Body.QuerySelectorAll("label[for^=pat-overlap]").Select(label => label.TextContent));
        Assert.Equal("0", page.Body.QuerySelector("[name=overlap][checked]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task An_overlap_beyond_policy_is_told_at_its_field()
    {
        await using var app = await PageApp.StartAsync();
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path, ("overlap", "604800"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("The old secret can work on for 0 to 86400 seconds, not 604800.", page.ErrorOf("fieldset:has([name=overlap])"));
        Assert.True((await app.Manager.VerifyAsync(old.Value!)).Succeeded);
    }

    [Fact]
    public async Task A_new_expiry_counts_from_now()
    {
        await using var app = await PageApp.StartAsync();
        var (old, path) = await CreateAsync(app);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(10));
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(path, ("expires", "90"));

        Assert.Equal(app.Time.GetUtcNow().AddDays(90), (await app.TokenAsync(old.Token!.Id)).ExpiresAt);
    }

    [Fact]
    public async Task Never_is_not_offered_since_a_rotation_keeps_the_expiry_or_moves_it()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(path);
        var refused = await browser.SubmitAsync(page, ("expires", "never"));

        Assert.DoesNotContain(page.Body.QuerySelectorAll("label"), label => label.TextContent == "Never");
        Assert.Equal("Choose when the token expires.", refused.ErrorOf("fieldset:has([name=expires])"));
        Assert.Equal(1, (await app.TokenAsync(old.Token!.Id)).Version);
    }

    [Fact]
    public async Task A_token_without_an_expiry_keeps_none()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        var token = (await app.Manager.CreateAsync(new PersonalAccessTokenCreation { OwnerId = PageApp.Alice, Name = "x", Scopes = ["read"] })).Token!;
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync($"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/rotate");

        Assert.NotNull(page.Value);
        Assert.Null((await app.TokenAsync(token.Id)).ExpiresAt);
    }

    [Fact]
    public async Task An_expiry_that_policy_no_longer_allows_is_not_kept_and_can_be_replaced()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxLifetime = TimeSpan.FromDays(20) });
        var token = SampleTokens.Create(PageApp.Alice, token => token.ExpiresAt = SampleTokens.Start.AddDays(100));
        var limits = new PersonalAccessTokenLimits(50, 50, TimeSpan.FromHours(24));
        await app.Store.AddAsync(token, limits, SampleTokens.At(SampleTokens.Start), CancellationToken.None);
        using var browser = await app.SignInAsync();

        var refused = await browser.SubmitAsync($"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/rotate");
        var rotated = await browser.SubmitAsync(refused, ("expires", "7"));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("is too far away", refused.ErrorOf("fieldset:has([name=expires])"), StringComparison.Ordinal);
        Assert.NotNull(rotated.Value);
    }

    [Fact]
    public async Task A_form_sent_twice_rotates_once_and_shows_no_value_again()
    {
        await using var app = await PageApp.StartAsync();
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        var value = (await browser.SubmitAsync(form)).Value!;

        var again = await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal("“laptop” was changed meanwhile", again.Title);
        Assert.Null(again.Value);
        Assert.DoesNotContain(value, again.Html, StringComparison.Ordinal);
        Assert.True((await app.Manager.VerifyAsync(value)).Succeeded);
        Assert.Equal(2, (await app.TokenAsync(old.Token!.Id)).Version);
    }

    [Fact]
    public async Task A_form_from_before_one_signed_in_keeps_what_was_chosen_and_its_version()
    {
        await using var app = await PageApp.StartAsync();
        var (_, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path, ("overlap", "3600"), ("expires", "7"), ("version", "0"), ("__RequestVerificationToken", "old"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("3600", page.Body.QuerySelector("[name=overlap][checked]")!.GetAttribute("value"));
        Assert.Equal("7", page.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Conflict, (await browser.SubmitAsync(page)).Status);
    }

    [Fact]
    public async Task Too_many_secrets_are_429()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxSecretsPerOwnerPerDay = 1 });
        var (old, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(path);

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Equal("You have made as many tokens as one may in a day. Try again tomorrow.", page.Alert);
        Assert.True((await app.Manager.VerifyAsync(old.Value!)).Succeeded);
    }

    private static async Task<(PersonalAccessTokenResult Old, string Path)> CreateAsync(PageApp app)
    {
        var result = await app.CreateTokenAsync();
        return (result, $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(result.Token!.Id)}/rotate");
    }
}
