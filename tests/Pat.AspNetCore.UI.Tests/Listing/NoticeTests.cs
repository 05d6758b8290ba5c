namespace Pat.AspNetCore.UI.Tests;

/// <summary>What the address says was done is said only where the tokens bear it out.</summary>
public sealed class NoticeTests
{
    [Fact]
    public async Task A_live_token_is_not_said_to_be_revoked()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        Assert.Empty(await NoticeAsync(app, $"?revoked={PersonalAccessTokenFormat.FormatId(token.Id)}"));
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("saved")]
    public async Task Nothing_is_said_of_somebody_else_s_token_or_of_none(string parameter)
    {
        await using var app = await PageApp.StartAsync();
        var bobs = (await app.CreateTokenAsync("bob's", PageApp.Bob)).Token!;
        await app.Manager.EditAsync(PageApp.Bob, bobs.Id, new PersonalAccessTokenEdit { Name = "bob's own" });
        await app.Manager.RevokeAsync(bobs.Id);

        Assert.Empty(await NoticeAsync(app, $"?{parameter}={PersonalAccessTokenFormat.FormatId(bobs.Id)}"));
        Assert.Empty(await NoticeAsync(app, $"?{parameter}=0000000000000000000001"));
        Assert.Empty(await NoticeAsync(app, $"?{parameter}=<b>"));
    }

    [Fact]
    public async Task An_edit_of_long_ago_is_not_told_again()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        await app.Manager.EditAsync(PageApp.Alice, token.Id, new PersonalAccessTokenEdit { Name = "desktop" });
        var query = $"?saved={PersonalAccessTokenFormat.FormatId(token.Id)}";

        var now = await NoticeAsync(app, query);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("“desktop” is saved.", now);
        Assert.Empty(await NoticeAsync(app, query));
    }

    [Fact]
    public async Task A_token_that_nobody_edited_is_not_said_to_be_saved()
    {
        await using var app = await PageApp.StartAsync();
        var untouched = (await app.CreateTokenAsync()).Token!;
        var revoked = (await app.CreateTokenAsync()).Token!;
        await app.Manager.RevokeAsync(revoked.Id);

        Assert.Empty(await NoticeAsync(app, $"?saved={PersonalAccessTokenFormat.FormatId(untouched.Id)}"));
        Assert.Empty(await NoticeAsync(app, $"?saved={PersonalAccessTokenFormat.FormatId(revoked.Id)}"));
    }

    [Fact]
    public async Task All_are_said_to_be_revoked_only_where_all_are()
    {
        await using var app = await PageApp.StartAsync();
        Assert.Empty(await NoticeAsync(app, "?all-revoked=1"));

        await app.CreateTokenAsync(expiresAt: app.Time.GetUtcNow().AddHours(1));
        Assert.Empty(await NoticeAsync(app, "?all-revoked=1"));

        app.Time.AdvanceWallClock(TimeSpan.FromHours(2));
        Assert.Empty(await NoticeAsync(app, "?all-revoked=1"));

        await app.Manager.RevokeAllAsync(PageApp.Alice);
        Assert.Equal("All your tokens are revoked. None of them works any more.", await NoticeAsync(app, "?all-revoked=1"));
    }

    private static async Task<string> NoticeAsync(PageApp app, string query)
    {
        using var browser = await app.SignInAsync();
        return (await browser.GetAsync(PageApp.Path + query)).Notice;
    }
}
