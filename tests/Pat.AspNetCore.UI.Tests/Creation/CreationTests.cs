using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.UI.Tests;

public sealed class CreationTests
{
    private const string New = $"{PageApp.Path}/new";

    private static readonly (string, string?)[] Good = [("name", "laptop"), ("scopes", "read")];

    [Fact]
    public async Task The_answer_to_the_form_shows_the_value_and_how_to_use_it()
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.ExampleUrl = "/api/tasks?a=1&b=2" });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, ("name", "  laptop "), ("scopes", "write"));

        var token = (await app.Manager.VerifyAsync(page.Value!)).Token!;
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Your new token", page.Title);
        Assert.Equal(("laptop", PageApp.Alice, app.Time.GetUtcNow().AddDays(30)), (token.Name, token.OwnerId, token.ExpiresAt!.Value));
        Assert.Equal(["write"], token.Scopes);
        Assert.Contains("May do read, write", WebPage.Read(page.Body.QuerySelector("dl")!), StringComparison.Ordinal);
        Assert.Equal(
            $"curl -H \"Authorization: Bearer {page.Value}\" \"{app.Address}api/tasks?a=1&b=2\"", page.Body.QuerySelector("#pat-command")!.TextContent);
        Assert.Equal(2, page.Html.Split(page.Value!).Length - 1);
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1")]
    [InlineData("https://api.example/v1", "https://api.example/v1")]
    public async Task The_line_with_curl_calls_what_the_options_say(string? url, string expected)
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.ExampleUrl = url });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, Good);

        Assert.Contains($"\" \"{expected}", page.Body.QuerySelector("#pat-command")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/base")]
    public async Task The_line_with_curl_is_answered_by_the_management_API_where_that_is_mapped(string pathBase)
    {
        await using var app = await PageApp.StartAsync(new()
        {
            Pipeline = app =>
            {
                app.UsePathBase(pathBase);
                app.UseRouting();
                PageApp.UsualPipeline(app);
            },
            Map = app =>
            {
                var tenant = app.MapGroup("/{tenant}");
                tenant.MapPersonalAccessTokens("/tokens");
                tenant.MapPersonalAccessTokensUI(PageApp.Path);
            },
        });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync($"{pathBase}/blue{PageApp.Path}/new", Good);

        var address = page.Body.QuerySelector("#pat-command")!.TextContent.Split('"')[^2];
        Assert.Equal($"{app.Address}{(pathBase + "/blue/tokens/self")[1..]}", address);
        using var curl = new HttpClient();
        curl.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", page.Value);
        Assert.Equal(HttpStatusCode.OK, (await curl.GetAsync(new Uri(address))).StatusCode);
    }

    [Theory]
    [InlineData("/odata/tasks?$top=1", "/odata/tasks?%24top=1\"")]
    [InlineData("https://api.example/!`id`\"\\", "https://api.example/%21%60id%60%22%5C\"")]
    public async Task A_shell_takes_the_line_with_curl_as_it_stands(string url, string end)
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.ExampleUrl = url });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, Good);

        Assert.EndsWith(end, page.Body.QuerySelector("#pat-command")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("30")]
    [InlineData("60")]
    [InlineData("90")]
    public async Task Each_preset_is_as_long_as_it_says(string days)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(New, [.. Good, ("expires", days)]);

        Assert.Equal(
            app.Time.GetUtcNow().AddDays(int.Parse(days, null)), Assert.Single(await app.TokensAsync()).ExpiresAt);
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-20", "2026-03-19T23:00:00Z")]
    [InlineData("Europe/Berlin", "2026-06-01", "2026-05-31T22:00:00Z")]
    [InlineData("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z")]
    [InlineData("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z")]
    [InlineData("UTC", "2026-03-02", "2026-03-02T00:00:00Z")]
    public async Task A_date_is_the_beginning_of_that_day_in_the_page_s_time_zone(string zone, string date, string expiry)
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.TimeZone = TimeZoneInfo.FindSystemTimeZoneById(zone) });
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(New, [.. Good, ("expires", "date"), ("date", date)]);

        Assert.Equal(DateTimeOffset.Parse(expiry, null), Assert.Single(await app.TokensAsync()).ExpiresAt);
    }

    [Fact]
    public async Task A_time_in_a_message_is_the_page_s_time()
    {
        await using var app = await PageApp.StartAsync(
            new() { UI = options => options.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, [.. Good, ("expires", "date"), ("date", "2030-01-01")]);

        Assert.StartsWith(
            "The expiry 1 Jan 2030, 00:00 (Europe/Berlin) is too far away",
            page.ErrorOf("fieldset:has([name=expires])"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Never_is_never_where_policy_allows_it()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, [.. Good, ("expires", "never")]);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(Assert.Single(await app.TokensAsync()).ExpiresAt);
    }

    [Theory]
    [InlineData("never", "", "Choose when the token expires.")]
    [InlineData("keep", "", "Choose when the token expires.")]
    [InlineData("31", "", "Choose when the token expires.")]
    [InlineData("", "", "Choose when the token expires.")]
    [InlineData("date", "", "Give the date on which the token expires.")]
    [InlineData("date", "tomorrow", "Give the date on which the token expires.")]
    [InlineData("date", "2026-03-01", "has passed")]
    [InlineData("date", "2027-03-02", "is too far away")]
    public async Task An_expiry_that_can_not_be_had_is_told_at_its_field(string expires, string date, string message)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, [.. Good, ("expires", expires), ("date", date)]);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(message, page.ErrorOf("fieldset:has([name=expires])"), StringComparison.Ordinal);
        Assert.Equal(date, page.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once_at_its_field_and_nothing_typed_is_lost()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var name = new string('ä', 101);

        var page = await browser.SubmitAsync(New, ("name", name), ("expires", "date"), ("date", "2020-01-01"));

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("Please correct the fields marked below.", page.Alert);
        Assert.Equal("The name has 101 characters; the most is 100.", page.ErrorOf("#pat-name"));
        Assert.Equal("true", page.Body.QuerySelector("#pat-name")!.GetAttribute("aria-invalid"));
        Assert.Equal("Choose at least one scope: read, write.", page.ErrorOf("fieldset:has([name=scopes])"));
        Assert.Contains("has passed", page.ErrorOf("fieldset:has([name=expires])"), StringComparison.Ordinal);
        Assert.Equal(name, page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal("date", page.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Equal("2020-01-01", page.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_form_put_right_makes_the_token()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var wrong = await browser.SubmitAsync(New, ("name", ""), ("scopes", "read"));

        var created = await browser.SubmitAsync(wrong, ("name", "laptop"));

        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Equal(["read"], Assert.Single(await app.TokensAsync()).Scopes);
    }

    [Fact]
    public async Task Row_23_A_scope_that_does_not_exist_makes_no_token()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, ("name", "laptop"), ("scopes", "admin"));

        Assert.Contains("There is no scope 'admin'.", page.ErrorOf("fieldset:has([name=scopes])"), StringComparison.Ordinal);
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task Row_6_Fields_that_no_form_has_are_not_honoured()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        await browser.SubmitAsync(New, [.. Good, ("ownerId", PageApp.Bob), ("secretHash", "x"), ("revokedAt", "2020-01-01"), ("version", "9"), ("tokenPrefix", "x")]);

        var token = Assert.Single(await app.TokensAsync());
        Assert.Equal((1L, PersonalAccessTokenStatus.Active), (token.Version, app.Manager.StatusOf(token)));
        Assert.Empty(await app.TokensAsync(PageApp.Bob));
    }

    [Fact]
    public async Task Too_many_tokens_are_refused_with_what_to_do()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxTokensPerOwner = 1 });
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, Good);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Equal("You have 1 tokens, which is the most. Revoke one that you no longer need.", page.Alert);
        Assert.Equal("laptop", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Too_many_secrets_are_429_with_when_to_try_again()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxSecretsPerOwnerPerDay = 1 });
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.SubmitAsync(New, Good);

        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Equal("You have made as many tokens as one may in a day. Try again tomorrow.", page.Alert);
        Assert.Single(await app.TokensAsync());
    }
}
