using System.Net;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementRevokeAllTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Fact]
    public async Task All_of_the_callers_tokens_end_and_nobody_elses()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var others = await app.CreatedAsync(await app.SignInAsync(management.NextOwner()));
        var tokens = new[] { await app.CreatedAsync(cookie), await app.CreatedAsync(cookie) };

        using var response = await app.SendAsync(HttpMethod.Delete, Management.Path, cookie: cookie);
        using var again = await app.SendAsync(HttpMethod.Delete, Management.Path, cookie: cookie);

        Assert.Equal("""{"revoked":2}""", await response.Content.ReadAsStringAsync());
        response.AssertUnstored();
        Assert.Equal("""{"revoked":0}""", await again.Content.ReadAsStringAsync());
        foreach (var token in tokens)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, token.Text("token")));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, others.Text("token")));
    }

    [Fact]
    public async Task One_can_be_kept()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var (kept, ended) = (await app.CreatedAsync(cookie), await app.CreatedAsync(cookie));

        using var response = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}?except={kept.Text("id")}", cookie: cookie);

        Assert.Equal("""{"revoked":1}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, kept.Text("token")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, ended.Text("token")));
    }

    [Theory]
    [InlineData("?except=", "except")]
    [InlineData("?except=x", "except")]
    [InlineData("?except=0000000000000000000001", "except")]
    [InlineData("?except={id}&except={id}", "except")]
    [InlineData("?except={others}", "except")]
    [InlineData("?exept={id}", "exept")]
    [InlineData("?except={id}&status=active", "status")]
    [InlineData("/", "")]
    [InlineData("/?except={id}", "")]
    public async Task What_can_not_be_undone_is_not_done_on_a_misunderstanding(string query, string field)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var others = await app.CreatedAsync(await app.SignInAsync(management.NextOwner()));
        var created = await app.CreatedAsync(cookie);
        query = query.Replace("{id}", created.Text("id"), StringComparison.Ordinal)
            .Replace("{others}", others.Text("id"), StringComparison.Ordinal);

        using var response = await app.SendAsync(HttpMethod.Delete, Management.Path + query, cookie: cookie);

        Assert.Equal([field], await response.ErrorsAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
    }

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string token)
    {
        using var response = await app.GetAsync($"{Management.Path}/self", token);
        return response.StatusCode;
    }
}
