namespace Pat.AspNetCore.UI.Tests;

public sealed class ListQueryTests
{
    [Fact]
    public async Task A_search_finds_by_name_and_by_id_and_stays_in_its_field()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync("the laptop");
        var other = (await app.CreateTokenAsync("nightly build")).Token!;
        using var browser = await app.SignInAsync();

        var byName = await browser.GetAsync($"{PageApp.Path}?search=%20LAP%20");
        var byId = await browser.GetAsync($"{PageApp.Path}?search={PersonalAccessTokenFormat.FormatId(other.Id)}");

        Assert.Equal(["the laptop"], byName.Names);
        Assert.Equal("LAP", byName.Body.QuerySelector("#pat-search")!.GetAttribute("value"));
        Assert.Equal(["nightly build"], byId.Names);
        Assert.Equal(PageApp.Path, byId.Link("Show all"));
    }

    [Fact]
    public async Task A_filter_without_a_match_says_so_and_keeps_the_filter()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}?search=nothing&status=revoked");

        Assert.Contains("No token matches.", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("You have no tokens.", page.Text, StringComparison.Ordinal);
        Assert.Equal("revoked", page.Body.QuerySelector("#pat-status option[selected]")!.GetAttribute("value"));
        Assert.Equal("nothing", page.Body.QuerySelector("#pat-search")!.GetAttribute("value"));
    }

    [Theory]
    [InlineData("active", "live")]
    [InlineData("revoked", "dead")]
    [InlineData("expired", "past")]
    [InlineData("inactive")]
    public async Task Each_state_can_be_asked_for(string status, params string[] names)
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync("live");
        await app.CreateTokenAsync("past", expiresAt: app.Time.GetUtcNow().AddHours(1));
        await app.Manager.RevokeAsync((await app.CreateTokenAsync("dead")).Token!.Id);
        app.Time.AdvanceWallClock(TimeSpan.FromHours(2));
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}?status={status}");

        Assert.Equal(names, page.Names);
    }

    [Theory]
    [InlineData("", "c", "b", "a")]
    [InlineData("?sort=name", "a", "b", "c")]
    [InlineData("?sort=-name", "c", "b", "a")]
    [InlineData("?sort=createdAt", "a", "b", "c")]
    [InlineData("?sort=expiresAt", "c", "b", "a")]
    [InlineData("?sort=nonsense&page=-1&status=odd", "c", "b", "a")]
    [InlineData("?page=99999999999", "c", "b", "a")]
    public async Task The_list_is_sorted_as_asked_and_an_odd_address_is_no_error(string query, params string[] names)
    {
        await using var app = await PageApp.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await app.CreateTokenAsync(((char)('a' + i)).ToString(), expiresAt: app.Time.GetUtcNow().AddDays(30 - (2 * i)));
            app.Time.Advance(TimeSpan.FromMinutes(1));
        }

        using var browser = await app.SignInAsync();

        Assert.Equal(names, (await browser.GetAsync(PageApp.Path + query)).Names);
    }

    [Fact]
    public async Task A_header_says_how_the_list_is_sorted_and_turns_it_round()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();
        var first = await browser.GetAsync($"{PageApp.Path}?search=lap&status=active");

        var byName = await browser.GetAsync(first.Link("Name"));
        var turned = await browser.GetAsync(byName.Link("Name"));

        Assert.Equal(["descending"], Sorting(first));
        Assert.Equal(["ascending"], Sorting(byName));
        Assert.Equal(["descending"], Sorting(turned));
        Assert.Equal($"{PageApp.Path}?search=lap&status=active&sort=-name", byName.Link("Name"));
        Assert.Equal("-name", turned.Body.QuerySelector("form[role=search] [name=sort]")!.GetAttribute("value"));

        static string[] Sorting(WebPage page) => [.. page.Body.QuerySelectorAll("[aria-sort]").Select(column => column.GetAttribute("aria-sort")!)];
    }

    [Fact]
    public async Task More_than_ten_tokens_have_pages()
    {
        await using var app = await PageApp.StartAsync();
        for (var i = 1; i <= 12; i++)
        {
            await app.CreateTokenAsync($"token {i:00}");
        }

        using var browser = await app.SignInAsync();
        var first = await browser.GetAsync($"{PageApp.Path}?sort=name");
        var second = await browser.GetAsync(first.Link("Next"));
        var past = await browser.GetAsync($"{PageApp.Path}?sort=name&page=7");

        Assert.Equal(10, first.Names.Length);
        Assert.Contains("1 to 10 of 12", first.Text, StringComparison.Ordinal);
        Assert.Equal(["token 11", "token 12"], second.Names);
        Assert.Contains("11 to 12 of 12", second.Text, StringComparison.Ordinal);
        Assert.Equal($"{PageApp.Path}?sort=name", second.Link("Previous"));
        Assert.DoesNotContain(second.Body.QuerySelectorAll("a"), link => link.TextContent == "Next");
        Assert.Equal(second.Names, past.Names);
    }

    [Fact]
    public async Task A_search_is_not_cut_in_the_middle_of_a_character()
    {
        await using var app = await PageApp.StartAsync();
        await app.CreateTokenAsync();
        using var browser = await app.SignInAsync();

        var page = await browser.GetAsync($"{PageApp.Path}?search={new string('x', 99)}{Uri.EscapeDataString("😀")}");

        Assert.Equal(new string('x', 99), page.Body.QuerySelector("#pat-search")!.GetAttribute("value"));
    }
}
