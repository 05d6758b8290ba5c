using System.Net;
using System.Text.Json.Nodes;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementListTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    [Theory]
    [InlineData("", "third,second,first")]
    [InlineData("?sort=createdAt", "first,second,third")]
    [InlineData("?sort=-createdAt", "third,second,first")]
    [InlineData("?sort=name", "first,second,third")]
    [InlineData("?sort=-name", "third,second,first")]
    [InlineData("?sort=expiresAt", "third,first,second")]
    [InlineData("?sort=-expiresAt", "second,first,third")]
    [InlineData("?search=IR", "third,first")]
    [InlineData("?search=%25", "")]
    [InlineData("?search=", "third,second,first")]
    [InlineData("?SEARCH=second", "second")]
    [InlineData("?status=active", "third,first")]
    [InlineData("?status=revoked", "second")]
    [InlineData("?status=expired", "")]
    [InlineData("?status=inactive", "")]
    [InlineData("?search=r&status=active&sort=name&page=2&pageSize=1", "third")]
    public async Task Tokens_are_searched_filtered_and_sorted(string query, string names)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(Management.Path + query, cookie: await app.SignInAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(names, Names(await response.ObjectAsync()));
    }

    [Theory]
    [InlineData("?page=1&pageSize=2", "third,second", 1, 2)]
    [InlineData("?page=2&pageSize=2", "first", 2, 2)]
    [InlineData("?page=3&pageSize=2", "", 3, 2)]
    [InlineData("?pageSize=100", "third,second,first", 1, 100)]
    [InlineData("?page=1000000&pageSize=100", "", 1_000_000, 100)]
    public async Task A_page_says_which_it_is_and_how_many_tokens_there_are(string query, string names, int page, int pageSize)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync(Management.Path + query, cookie: await app.SignInAsync());

        var list = await response.ObjectAsync();
        Assert.Equal(names, Names(list));
        Assert.Equal(
            (page, pageSize, 3),
            (list["page"]!.GetValue<int>(), list["pageSize"]!.GetValue<int>(), list["total"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("?status=dead", "status")]
    [InlineData("?status=Active", "status")]
    [InlineData("?status=0", "status")]
    [InlineData("?status=active&status=revoked", "status")]
    [InlineData("?sort=owner", "sort")]
    [InlineData("?sort=-", "sort")]
    [InlineData("?sort=--name", "sort")]
    [InlineData("?sort=name%20desc", "sort")]
    [InlineData("?page=0", "page")]
    [InlineData("?page=-1", "page")]
    [InlineData("?page=1.5", "page")]
    [InlineData("?page=%2B1", "page")]
    [InlineData("?page=99999999999", "page")]
    [InlineData("?page=x", "page")]
    [InlineData("?page=1%00", "page")]
    [InlineData("?pageSize=0", "pageSize")]
    [InlineData("?pageSize=101", "pageSize")]
    [InlineData("?ownerId=bob", "ownerId")]
    [InlineData("?serach=x", "serach")]
    [InlineData("?page=0&pageSize=0&sort=x&status=x&foo=x&bar=x", "bar,foo,page,pageSize,sort,status")]
    public async Task Every_wrong_parameter_is_named(string query, string fields)
    {
        var app = management.App;

        using var response = await app.GetAsync(Management.Path + query, cookie: await app.SignInAsync());

        Assert.Equal(fields.Split(','), await response.ErrorsAsync());
    }

    [Fact]
    public async Task A_search_is_at_most_100_characters_long()
    {
        var app = management.App;
        var cookie = await app.SignInAsync();

        using var longest = await app.GetAsync($"{Management.Path}?search={new string('x', 100)}", cookie: cookie);
        using var longer = await app.GetAsync($"{Management.Path}?search={new string('x', 101)}", cookie: cookie);

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
        Assert.Equal(["search"], await longer.ErrorsAsync());
    }

    [Theory]
    [InlineData("%00")]
    [InlineData("%ED%A0%80")]
    [InlineData("%E2%80%AE")]
    [InlineData("'%20OR%201=1%20--")]
    [InlineData("%5C_%25")]
    public async Task A_search_for_anything_is_answered(string search)
    {
        await using var app = await StartAsync();

        using var response = await app.GetAsync($"{Management.Path}?search={search}", cookie: await app.SignInAsync());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", Names(await response.ObjectAsync()));
    }

    [Fact]
    public async Task A_search_for_an_id_finds_that_token_and_nobody_elses()
    {
        await using var app = await Management.StartAsync();
        var (alice, bob) = (await app.SignInAsync(), await app.SignInAsync(TestApp.Bob));
        var id = (await app.CreatedAsync(alice)).Text("id");
        await app.CreatedAsync(alice);

        using var own = await app.GetAsync($"{Management.Path}?search={id}", cookie: alice);
        using var others = await app.GetAsync($"{Management.Path}?search={id}", cookie: bob);

        Assert.Equal(1, (await own.ObjectAsync())["total"]!.GetValue<int>());
        Assert.Equal(0, (await others.ObjectAsync())["total"]!.GetValue<int>());
    }

    /// <summary>Alice has first, second (revoked) and third, made in this order; Bob has one.</summary>
    private static async Task<TestApp> StartAsync()
    {
        var app = await Management.StartAsync();
        await app.CreatedAsync(await app.SignInAsync(TestApp.Bob));
        var cookie = await app.SignInAsync();
        foreach (var (name, days) in new[] { ("first", 20), ("second", 30), ("third", 10) })
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            var created = await app.CreatedAsync(
                cookie, $$"""{ "name": "{{name}}", "scopes": ["read"], "expiresInDays": {{days}} }""");
            if (name == "second")
            {
                using var revoked = await app.SendAsync(
                    HttpMethod.Delete, $"{Management.Path}/{created.Text("id")}", cookie: cookie);
                Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
            }
        }

        return app;
    }

    private static string Names(JsonObject list) =>
        string.Join(',', list["items"]!.AsArray().Select(item => item!.AsObject().Text("name")));
}
