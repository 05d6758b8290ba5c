using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>One form sent many times at once does once what it does. RepeatedFormTests have that of the form for a new token.</summary>
public sealed class DoubleSubmitProbeTests
{
    private const int Times = 16;

    [Fact]
    public async Task An_edit_is_saved_once_and_the_others_are_told()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var answers = await SendAsync(browser, Probe.PathOf("/{0}/edit", token.Id), ("name", "other"));

        Assert.Single(answers, static answer => answer.Status == HttpStatusCode.SeeOther);
        Assert.Equal(Times - 1, answers.Count(static answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(("other", 2L), ((await app.TokenAsync(token.Id)).Name, (await app.TokenAsync(token.Id)).Version));
    }

    [Fact]
    public async Task A_rotation_shows_one_value_and_that_one_works()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var answers = await SendAsync(browser, Probe.PathOf("/{0}/rotate", token.Id));

        var value = Assert.Single(answers, static answer => answer.Value is not null).Value!;
        Assert.Equal(Times - 1, answers.Count(static answer => answer.Status == HttpStatusCode.Conflict));
        Assert.Equal(2, (await app.TokenAsync(token.Id)).Version);
        using var script = app.Open();
        Assert.Equal(HttpStatusCode.OK, (await script.GetAsync("/api/tasks", ("Authorization", $"Bearer {value}"))).Status);
    }

    [Fact]
    public async Task A_revocation_is_one()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var answers = await SendAsync(browser, Probe.PathOf("/{0}/revoke", token.Id));

        Assert.All(answers, static answer => Assert.True(answer.Status is HttpStatusCode.SeeOther or HttpStatusCode.Conflict, $"{answer.Status}"));
        Assert.Equal(token.Version + 1, (await app.TokenAsync(token.Id)).Version);
    }

    [Fact]
    public async Task A_revocation_of_all_is_one()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;

        var answers = await SendAsync(browser, Probe.PathOf("/revoke-all", token.Id));

        Assert.All(answers, static answer => Assert.Equal(HttpStatusCode.SeeOther, answer.Status));
        Assert.Equal(token.Version + 1, (await app.TokenAsync(token.Id)).Version);
    }

    private static async Task<WebPage[]> SendAsync(Browser browser, string path, params (string, string?)[] typed)
    {
        var form = await browser.GetAsync(path);
        return await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => browser.SubmitAsync(form, typed)));
    }
}
