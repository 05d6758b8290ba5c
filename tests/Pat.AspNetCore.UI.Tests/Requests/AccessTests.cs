using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Pat.AspNetCore.TestSupport;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

public sealed class AccessTests
{
    public static TheoryData<string, string> Routes
    {
        get
        {
            var data = new TheoryData<string, string> { { "GET", "" } };
            foreach (var path in new[] { "/new", "/{0}/edit", "/{0}/rotate", "/{0}/revoke", "/revoke-all" })
            {
                data.Add("GET", path);
                data.Add("POST", path);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Nobody_is_sent_to_the_sign_in_page_and_told_the_way_back(string method, string route)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = app.Open();
        var path = PageApp.Path + string.Format(null, route, "0000000000000000000001");

        var answer = await browser.SendAsync(new HttpMethod(method), path, method == "POST" ? Form() : null);

        Assert.Equal(HttpStatusCode.Found, answer.Status);
        Assert.EndsWith($"/login?ReturnUrl={Uri.EscapeDataString(path)}", answer.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Calls);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Row_4_A_token_is_refused_without_being_looked_at(string method, string route)
    {
        await using var app = await PageApp.StartAsync();
        var token = await app.CreateTokenAsync(scopes: ["read", "write"]);
        var before = app.Store.Calls;
        using var browser = await app.SignInAsync();
        var path = PageApp.Path + string.Format(null, route, PersonalAccessTokenFormat.FormatId(token.Token!.Id));

        var answer = await browser.SendAsync(
            new HttpMethod(method), path, method == "POST" ? Form() : null, ("Authorization", $"Bearer {token.Value}"));

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Equal(before, app.Store.Calls);
        Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        Assert.Equal(1, (await app.TokenAsync(token.Token.Id)).Version);
    }

    [Fact]
    public async Task Who_is_limited_to_scopes_does_not_get_to_where_tokens_are_made()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Scheme = options => options.LimitOthers = user => user.FindFirst("scope") is { } scope ? [scope.Value] : null,
        });
        using var limited = await app.SignInAsync(claims: "scope:write");
        using var unlimited = await app.SignInAsync();

        var refused = await limited.GetAsync(PageApp.Path);
        var shown = await unlimited.GetAsync(PageApp.Path);

        Assert.Equal(HttpStatusCode.Found, refused.Status);
        Assert.Contains("AccessDenied", refused.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, shown.Status);
    }

    [Fact]
    public async Task A_JWT_that_is_limited_to_scopes_is_refused()
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Authentication = Jwts.AsDefault,
            Scheme = options => options.LimitOthers = user => user.FindFirst("scope") is { } scope ? [scope.Value] : null,
        });
        using var browser = app.Open();

        var limited = await browser.GetAsync(PageApp.Path, ("Authorization", $"Bearer {Jwts.Create(PageApp.Alice, "write")}"));
        var unlimited = await browser.GetAsync(PageApp.Path, ("Authorization", $"Bearer {Jwts.Create(PageApp.Alice)}"));

        Assert.Equal(HttpStatusCode.Forbidden, limited.Status);
        Assert.Equal(HttpStatusCode.OK, unlimited.Status);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_user_without_an_id_is_told_so(string method, string route)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync("", "email:a@example.com");
        var path = PageApp.Path + string.Format(null, route, "0000000000000000000001");

        var answer = await browser.SendAsync(new HttpMethod(method), path, method == "POST" ? Form() : null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("no id that they could belong to", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Calls);
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_user_who_may_not_act_is_told_so(string method, string route)
    {
        var owners = TestOwners.AliceAndBob();
        await using var app = await PageApp.StartAsync(new() { Owners = owners });
        using var browser = await app.SignInAsync();
        owners.Set(PageApp.Alice, isActive: false);
        var path = PageApp.Path + string.Format(null, route, "0000000000000000000001");

        var answer = await browser.SendAsync(new HttpMethod(method), path, method == "POST" ? Form() : null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("Your account is not allowed to have tokens.", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Calls);
    }

    /// <summary>Kestrel answers before endpoints are checked, and what is mapped after the start never is.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Open_to_everybody_the_page_manages_nothing_even_where_the_start_was_not_stopped(string method, string route)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Services = builder =>
            {
                builder.Services.AddAuthentication().AddPersonalAccessTokens();
                builder.Services.Remove(builder.Services.Single(static service => service.ImplementationType == typeof(EndpointCheck)));
            },
            Map = web => web.MapPersonalAccessTokensUI(PageApp.Path).AllowAnonymous(),
        });
        using var browser = await app.SignInAsync();
        var path = PageApp.Path + string.Format(null, route, "0000000000000000000001");

        var answer = await browser.SendAsync(new HttpMethod(method), path, method == "POST" ? Form() : null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
        Assert.Contains("open to everybody", answer.Text, StringComparison.Ordinal);
        Assert.Equal(0, app.Store.Calls);
    }

    private static FormUrlEncodedContent Form() => new([KeyValuePair.Create("name", "laptop")]);
}
