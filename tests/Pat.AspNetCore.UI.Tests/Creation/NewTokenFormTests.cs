using System.Net;

namespace Pat.AspNetCore.UI.Tests;

public sealed class NewTokenFormTests
{
    private const string New = $"{PageApp.Path}/new";

    [Fact]
    public async Task Nothing_is_chosen_but_30_days()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(New);

        Assert.Equal("", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Empty(page.Body.QuerySelectorAll("[name=scopes][checked]"));
        Assert.Equal("30", Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]")).GetAttribute("value"));
        Assert.Empty(page.Notice);
        Assert.Empty(page.Alert);
    }

    [Fact]
    public async Task A_scope_says_what_it_allows_and_includes()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AddScope("tasks:write", "Create & change tasks", "write") });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(New);

        Assert.Equal(
            ["read Read everything you can read", "write Change everything you can change Includes read.", "tasks:write Create & change tasks Includes read, write."],
            page.Body.QuerySelectorAll("[name=scopes]").Select(box => WebPage.Read(box.ParentElement!)));
        Assert.All(page.Body.QuerySelectorAll("[name=scopes]"), box => Assert.NotNull(page.Document.GetElementById(box.GetAttribute("aria-describedby")!)));
    }

    [Fact]
    public async Task A_scope_that_a_marked_one_includes_says_so()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var write = await browser.GetAsync($"{New}?scopes=write");
        var both = await browser.GetAsync($"{New}?scopes=write,read");

        Assert.Equal("read", Assert.Single(write.Body.QuerySelectorAll(".pat-included input")).GetAttribute("value"));
        Assert.Equal("included", write.Body.QuerySelector(".pat-included label")!.GetAttribute("data-pat-included"));
        Assert.Empty(both.Body.QuerySelectorAll(".pat-included"));
    }

    [Fact]
    public async Task Every_field_has_a_name_and_every_id_is_there_once()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(New);

        foreach (var field in page.Body.QuerySelectorAll("input:not([type=hidden])"))
        {
            Assert.True(
                field.GetAttribute("aria-label") is not null || page.Body.QuerySelector($"label[for='{field.Id}']") is not null, field.OuterHtml);
        }

        Assert.All(page.Document.QuerySelectorAll("[id]").GroupBy(element => element.Id), ids => Assert.Single(ids));
    }

    [Fact]
    public async Task Each_preset_says_when_the_token_would_expire()
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin") });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(New);

        Assert.Contains("All times are Europe/Berlin.", page.Text, StringComparison.Ordinal);
        Assert.Equal(
            ["7 days 8 Mar 2026, 13:00", "30 days 31 Mar 2026, 14:00", "60 days 30 Apr 2026, 14:00", "90 days 30 May 2026, 14:00", "On a date"],
            Choices(page));
        var date = page.Body.QuerySelector("[name=date]")!;
        Assert.Equal(("2026-03-02", "2027-03-01"), (date.GetAttribute("min"), date.GetAttribute("max")));
    }

    [Fact]
    public async Task Never_is_there_only_where_policy_allows_it()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        using var browser = await app.SignInAsync();

        Assert.Equal("Never It works until it is revoked.", Choices(await browser.GetAsync(New))[^1]);
    }

    [Theory]
    [InlineData(45, "7 days", "30 days", "On a date")]
    [InlineData(10, "7 days", "On a date")]
    [InlineData(2, "As long as possible", "On a date")]
    public async Task What_lasts_longer_than_policy_allows_is_not_offered(int days, params string[] labels)
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxLifetime = TimeSpan.FromDays(days) });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(New);

        Assert.Equal(labels, page.Body.QuerySelectorAll("label[for^=pat-expires]").Select(label => label.TextContent));
        Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]"));
    }

    [Fact]
    public async Task A_policy_of_hours_leaves_a_choice_and_a_token_is_made()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.MaxLifetime = TimeSpan.FromHours(8) });
        using var browser = await app.SignInAsync();
        var page = await browser.GetAsync(New);

        var created = await browser.SubmitAsync(page, ("name", "x"), ("scopes", "read"));

        Assert.Equal(["As long as possible 1 Mar 2026, 20:00"], Choices(page));
        Assert.Equal(HttpStatusCode.OK, created.Status);
        Assert.Equal(app.Time.GetUtcNow().AddHours(8), Assert.Single(await app.TokensAsync()).ExpiresAt);
    }

    [Fact]
    public async Task A_link_fills_in_the_form_and_makes_nothing()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{New}?name=Build%20%3Cserver%3E&scopes=write,read&expires=90");

        Assert.Equal("A link has filled in this form. Check it before you create the token.", page.Notice);
        Assert.Equal("Build <server>", page.Body.QuerySelector("#pat-name")!.GetAttribute("value"));
        Assert.Equal(["read", "write"], page.Body.QuerySelectorAll("[name=scopes][checked]").Select(box => box.GetAttribute("value")));
        Assert.Equal("90", page.Body.QuerySelector("[name=expires][checked]")!.GetAttribute("value"));
        Assert.Empty(await app.TokensAsync());
    }

    [Fact]
    public async Task A_link_that_asks_for_unknown_scopes_has_them_named()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{New}?scopes=read%20admin&scopes=Write,%3Cb%3E");

        Assert.EndsWith("It asks for scopes that don't exist here: admin, Write, <b>.", page.Notice, StringComparison.Ordinal);
        Assert.Equal("read", Assert.Single(page.Body.QuerySelectorAll("[name=scopes][checked]")).GetAttribute("value"));
    }

    [Fact]
    public async Task A_link_says_nothing_in_the_voice_of_the_page()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var many = string.Join(',', Enumerable.Range(1, 100).Select(number => $"scope{number}"));

        var sentence = await browser.GetAsync($"{New}?scopes={Uri.EscapeDataString("none.\u00a0Your\u00a0account\u00a0is\u00a0locked.")}");
        var text = await browser.GetAsync($"{New}?scopes={new string('x', 65)}");
        var list = await browser.GetAsync($"{New}?scopes={many},{many}");

        Assert.EndsWith("before you create the token.", sentence.Notice, StringComparison.Ordinal);
        Assert.EndsWith("before you create the token.", text.Notice, StringComparison.Ordinal);
        Assert.EndsWith("here: scope1, scope2, scope3, scope4, scope5.", list.Notice, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "30", "")]
    [InlineData("90", "90", "")]
    [InlineData("1", "date", "2026-03-02")]
    [InlineData("45", "date", "2026-04-15")]
    [InlineData("365", "date", "2027-03-01")]
    [InlineData("2026-12-24", "date", "2026-12-24")]
    public async Task An_expiry_in_a_link_is_taken(string expires, string marked, string date)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{New}?expires={expires}");

        Assert.Equal(marked, Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]")).GetAttribute("value"));
        Assert.Equal(date, page.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
        Assert.Equal("A link has filled in this form. Check it before you create the token.", page.Notice);
    }

    [Theory]
    [InlineData("never")]
    [InlineData("keep")]
    [InlineData("longest")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("+7")]
    [InlineData("1e3")]
    [InlineData("366")]
    [InlineData("5000")]
    [InlineData("99999999999")]
    [InlineData("2026-03-01")]
    [InlineData("2027-03-02")]
    [InlineData("2026-02-30")]
    [InlineData("9999-12-31")]
    [InlineData("<script>")]
    public async Task An_expiry_in_a_link_that_can_not_be_had_changes_nothing_and_the_page_says_so(string expires)
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{New}?expires={Uri.EscapeDataString(expires)}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("30", Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]")).GetAttribute("value"));
        Assert.Equal("", page.Body.QuerySelector("[name=date]")!.GetAttribute("value"));
        Assert.EndsWith(
            "before you create the token. It asks for an expiry that is not possible here: check the one that is marked.",
            page.Notice,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_asks_for_never_where_policy_allows_it()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.AllowNoExpiry = true });
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{New}?expires=never");

        Assert.Equal("never", Assert.Single(page.Body.QuerySelectorAll("[name=expires][checked]")).GetAttribute("value"));
        Assert.EndsWith("before you create the token.", page.Notice, StringComparison.Ordinal);
    }

    private static string[] Choices(WebPage page) =>
        [.. page.Body.QuerySelectorAll("[name=expires]").Select(choice => WebPage.Squeeze(choice.ParentElement!.TextContent))];
}
