using System.Net;
using Pat.TestSupport;

namespace Pat.AspNetCore.UI.Tests;

public sealed class TokenListTests
{
    [Fact]
    public async Task The_empty_list_says_what_tokens_are_for_and_has_no_table()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Contains("You have no tokens. Create one when something other than you needs to use your account", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Body.QuerySelectorAll("table, form"));
        Assert.Equal($"{PageApp.Path}/new", page.Link("New token"));
    }

    [Fact]
    public async Task The_table_has_a_caption_and_named_columns()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(
            "Your tokens. All times are UTC. The last use is exact to within 5 minutes.",
            WebPage.Squeeze(page.Body.QuerySelector("table > caption")!.TextContent));
        Assert.Equal(
            ["Name", "May do", "Created ↓", "Last used", "Expires", "State", "Actions"],
            page.Body.QuerySelectorAll("thead th[scope=col]").Select(column => WebPage.Squeeze(column.TextContent)));
        Assert.Single(page.Body.QuerySelectorAll("tbody th[scope=row]"));
    }

    [Fact]
    public async Task A_revoked_token_is_not_called_never_used_for_its_last_uses_may_not_be_noted()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync("laptop", scopes: "write")).Token!;
        await app.Manager.RevokeAsync(token.Id);
        using var browser = await app.SignInAsync();

        Assert.Equal("No use noted", (await browser.GetAsync(PageApp.Path)).Row(token.Id)["Last used"]);
    }

    [Fact]
    public async Task A_row_says_all_there_is_to_know_of_a_token()
    {
        await using var app = await PageApp.StartAsync();
        var token = (await app.CreateTokenAsync("laptop", scopes: "write")).Token!;
        using var browser = await app.SignInAsync();

        var row = (await browser.GetAsync(PageApp.Path)).Row(token.Id);

        Assert.Equal($"laptop {PersonalAccessTokenFormat.FormatId(token.Id)}", row["Name"]);
        Assert.Equal("read write", row["May do"]);
        Assert.Equal("1 Mar 2026, 12:00", row["Created"]);
        Assert.Equal("Never used", row["Last used"]);
        Assert.Equal("31 Mar 2026, 12:00", row["Expires"]);
        Assert.Equal("Active", row["State"]);
        Assert.Equal("Edit laptop Rotate laptop Revoke laptop", row["Actions"]);
    }

    [Fact]
    public async Task What_can_be_done_says_with_which_token()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);

        Assert.Equal(
            ["Edit laptop", "Rotate laptop", "Revoke laptop"],
            page.Body.QuerySelectorAll(".pat-actions a").Select(link => WebPage.Squeeze(link.TextContent)));
    }

    [Fact]
    public async Task A_time_is_there_for_programs_too()
    {
        await using var app = await PageApp.StartAsync(new() { UI = options => options.TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo") });
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync(PageApp.Path);
        var time = page.Body.QuerySelector("time")!;

        Assert.Equal("1 Mar 2026, 21:00", time.TextContent);
        Assert.Equal("2026-03-01T12:00:00Z", time.GetAttribute("datetime"));
        Assert.Contains("All times are Asia/Tokyo.", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_use_is_shown_and_its_address_where_it_is_kept()
    {
        await using var app = await PageApp.StartAsync(new() { Tokens = options => options.LastUsedAddress = PersonalAccessTokenAddressRecording.Full });
        var token = await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();
        app.Time.AdvanceWallClock(TimeSpan.FromHours(1));
        using var caller = app.Open();
        var called = await caller.GetAsync("/api/tasks", ("Authorization", $"Bearer {token.Value}"));
        Assert.Equal(HttpStatusCode.OK, called.Status);

        var lastUsed = "";
        await Eventually.TrueAsync(async () =>
        {
            app.Time.Advance(TimeSpan.FromSeconds(10));
            lastUsed = (await browser.GetAsync(PageApp.Path)).Row(token.Token!.Id)["Last used"];
            return lastUsed != "Never used";
        });

        Assert.Matches(@"^1 Mar 2026, 13:0\d from 127\.0\.0\.1$", lastUsed);
    }

    [Fact]
    public async Task Tokens_of_others_are_never_shown()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync("mine");
        var bobs = (await app.CreateTokenAsync("bob's", PageApp.Bob)).Token!;
        using var browser = await app.SignInAsync();

        foreach (var query in new[] { "", "?search=bob", $"?search={PersonalAccessTokenFormat.FormatId(bobs.Id)}", $"?saved={PersonalAccessTokenFormat.FormatId(bobs.Id)}" })
        {
            Assert.DoesNotContain("bob's", (await browser.GetAsync(PageApp.Path + query)).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Markup_in_a_name_is_text_everywhere()
    {
        await using var app = await PageApp.StartAsync();
        const string Name = "</title></textarea><img src=x onerror=alert(1)>\"'&amp;";
        var token = (await app.CreateTokenAsync(Name)).Token!;
        using var browser = await app.SignInAsync();
        var id = PersonalAccessTokenFormat.FormatId(token.Id);

        foreach (var path in new[] { "", $"/{id}/edit", $"/{id}/rotate", $"/{id}/revoke" })
        {
            var page = await browser.GetAsync(PageApp.Path + path);

            Assert.Empty(page.Document.QuerySelectorAll("img"));
            Assert.Contains(Name, page.Document.Title + page.Text + page.Body.QuerySelector("#pat-name")?.GetAttribute("value"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_of_100_Arabic_characters_comes_through_unharmed()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var name = string.Concat(Enumerable.Repeat("رمز الوصول", 10));

        var created = await browser.SubmitAsync($"{PageApp.Path}/new", ("name", name), ("scopes", "read"));
        var list = await browser.GetAsync(PageApp.Path);

        Assert.Equal(name, Assert.Single(list.Names));
        Assert.Equal(name, created.Body.QuerySelector("dd bdi")!.TextContent);
        Assert.Equal(name, Assert.Single(await app.TokensAsync()).Name);
    }
}
