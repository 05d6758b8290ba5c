using System.Net;

namespace Pat.AspNetCore.UI.Tests;

public sealed class RevocationTests
{
    [Fact]
    public async Task The_question_names_the_token_and_asking_it_does_nothing()
    {
        await using var app = await PageApp.StartAsync();
        var (token, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(path);

        Assert.Equal("Revoke “laptop”?", page.Title);
        Assert.Contains(PersonalAccessTokenFormat.FormatId(token.Id), page.Text, StringComparison.Ordinal);
        Assert.Contains("Never used", page.Text, StringComparison.Ordinal);
        Assert.Null((await app.TokenAsync(token.Id)).RevokedAt);
    }

    [Fact]
    public async Task A_revoked_token_works_no_more_and_the_list_says_so()
    {
        await using var app = await PageApp.StartAsync();
        var result = await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var answer = await browser.SubmitAsync($"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(result.Token!.Id)}/revoke");
        var list = await browser.FollowAsync(answer);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        Assert.Equal("“laptop” is revoked. It no longer works.", list.Notice);
        Assert.False((await app.Manager.VerifyAsync(result.Value!)).Succeeded);
        Assert.Equal("Revoked by its owner.", (await app.TokenAsync(result.Token.Id)).RevokedReason);
    }

    [Fact]
    public async Task Revoking_again_is_harmless()
    {
        await using var app = await PageApp.StartAsync();
        var (token, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        await browser.SubmitAsync(form);
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await browser.FollowAsync(await browser.SubmitAsync(form));
        var asked = await browser.GetAsync(path);

        Assert.Equal("“laptop” is revoked. It no longer works.", again.Notice);
        Assert.Equal(HttpStatusCode.SeeOther, asked.Status);
        Assert.Equal(app.Time.GetUtcNow().AddMinutes(-1), (await app.TokenAsync(token.Id)).RevokedAt);
    }

    [Fact]
    public async Task A_token_that_was_changed_meanwhile_is_not_revoked_until_it_is_looked_at()
    {
        await using var app = await PageApp.StartAsync();
        var (token, path) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync(path);
        await app.Manager.EditAsync(PageApp.Alice, token.Id, new PersonalAccessTokenEdit { Name = "production" });

        var page = await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.Conflict, page.Status);
        Assert.Equal("Revoke “production”?", page.Title);
        Assert.Equal("The token was changed meanwhile, and is not revoked. Check that it is the one you mean.", page.Alert);
        Assert.Null((await app.TokenAsync(token.Id)).RevokedAt);
        await browser.SubmitAsync(page);
        Assert.NotNull((await app.TokenAsync(token.Id)).RevokedAt);
    }

    [Fact]
    public async Task An_expired_token_can_be_revoked()
    {
        await using var app = await PageApp.StartAsync();
        var (token, path) = await CreateAsync(app);
        app.Time.AdvanceWallClock(TimeSpan.FromDays(31));
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(path);

        Assert.NotNull((await app.TokenAsync(token.Id)).RevokedAt);
    }

    [Fact]
    public async Task All_tokens_are_revoked_at_once_and_no_one_else_s()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync("one");
        await app.CreateTokenAsync("two");
        await app.CreateTokenAsync("bob's", PageApp.Bob);
        using var browser = await app.SignInAsync();

        var question = await browser.GetAsync($"{PageApp.Path}/revoke-all");
        var list = await browser.FollowAsync(await browser.SubmitAsync(question));

        Assert.StartsWith("Revoke all tokens? Tokens that work now: 2.", question.Text, StringComparison.Ordinal);
        Assert.Equal("All your tokens are revoked. None of them works any more.", list.Notice);
        Assert.All(await app.TokensAsync(), token => Assert.NotNull(token.RevokedAt));
        Assert.All(await app.TokensAsync(PageApp.Bob), token => Assert.Null(token.RevokedAt));
    }

    [Fact]
    public async Task Revoking_all_again_is_harmless()
    {
        await using var app = await PageApp.StartAsync();
        var (token, _) = await CreateAsync(app);
        using var browser = await app.SignInAsync();
        var form = await browser.GetAsync($"{PageApp.Path}/revoke-all");
        await browser.SubmitAsync(form);
        var revoked = (await app.TokenAsync(token.Id)).RevokedAt;
        app.Time.Advance(TimeSpan.FromMinutes(1));

        var again = await browser.SubmitAsync(form);

        Assert.Equal(HttpStatusCode.SeeOther, again.Status);
        Assert.Equal(revoked, (await app.TokenAsync(token.Id)).RevokedAt);
    }

    private static async Task<(PersonalAccessToken Token, string Path)> CreateAsync(PageApp app)
    {
        var token = (await app.CreateTokenAsync()).Token!;
        return (token, $"{PageApp.Path}/{PersonalAccessTokenFormat.FormatId(token.Id)}/revoke");
    }
}
