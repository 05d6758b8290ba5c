using System.Net;
using System.Text.Json.Nodes;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementEditTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Theory]
    [InlineData("""{ "name": " renamed " }""", "name", "\"renamed\"")]
    [InlineData("""{ "scopes": ["write", "read"] }""", "scopes", "[\"read\",\"write\"]")]
    [InlineData("""{ "expiresAt": "2026-03-05T14:00:00+02:00" }""", "expiresAt", "\"2026-03-05T12:00:00Z\"")]
    public async Task What_is_named_changes_and_the_rest_stays(string body, string member, string value)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var before = await app.CreatedAsync(cookie);

        using var response = await app.EditAsync(cookie, before.Text("id"), body);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"2\"", response.Headers.ETag?.ToString());
        response.AssertUnstored();
        var after = await response.ObjectAsync();
        before.Remove("token");
        before[member] = JsonNode.Parse(value);
        before["version"] = 2;
        Assert.True(JsonNode.DeepEquals(before, after), after.ToJsonString());
        using var read = await app.GetAsync($"{Management.Path}/{after.Text("id")}", cookie: cookie);
        Assert.True(JsonNode.DeepEquals(after, await read.ObjectAsync()));
    }

    [Fact]
    public async Task A_request_that_names_nothing_changes_nothing()
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var before = await app.CreatedAsync(cookie);

        using var response = await app.EditAsync(cookie, before.Text("id"), "{}");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"1\"", response.Headers.ETag?.ToString());
        before.Remove("token");
        Assert.True(JsonNode.DeepEquals(before, await response.ObjectAsync()));
    }

    [Fact]
    public async Task An_expiry_is_taken_away_where_the_application_allows_it()
    {
        await using var app = await Management.StartAsync(tokens: options => options.AllowNoExpiry = true);
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");

        using var response = await app.EditAsync(cookie, id, """{ "expiresAt": null }""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null((await response.ObjectAsync())["expiresAt"]);
    }

    [Theory]
    [InlineData("""{ "expiresAt": null }""", "expiresAt")]
    [InlineData("""{ "name": null, "scopes": null }""", "name,scopes")]
    [InlineData("""{ "name": "", "scopes": [], "expiresAt": "2020-01-01T00:00:00Z" }""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": 1, "scopes": ["admin"], "expiresAt": "tomorrow", "ownerId": "bob" }""", "expiresAt,name,ownerId,scopes")]
    [InlineData("""{ "name": "n", "scopes": ["admin"], "version": 2 }""", "scopes,version")]
    [InlineData("""{ "expiresAt": "2027-03-02T12:00:00Z", "name": "" }""", "expiresAt,name")]
    [InlineData("""{ "expiresInDays": 3 }""", "expiresInDays")]
    public async Task Everything_that_is_wrong_is_named_at_once_and_nothing_written(string body, string fields)
    {
        var app = management.App;
        var cookie = await app.SignInAsync(_owner);
        var id = (await app.CreatedAsync(cookie)).Text("id");

        using var response = await app.EditAsync(cookie, id, body);

        Assert.Equal(fields.Split(','), await response.ErrorsAsync());
        using var read = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        Assert.Equal("\"1\"", read.Headers.ETag?.ToString());
    }

    [Theory]
    [InlineData("revoked")]
    [InlineData("expired")]
    [InlineData("inactive")]
    public async Task A_token_that_is_not_usable_is_neither_edited_nor_rotated_and_its_status_told(string status)
    {
        await using var app = await Management.StartAsync(tokens: options => options.InactivityPeriod = TimeSpan.FromDays(20));
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        switch (status)
        {
            case "revoked":
                using (var revoked = await app.SendAsync(HttpMethod.Delete, $"{Management.Path}/{id}", cookie: cookie))
                {
                    Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
                }

                break;

            case "expired":
                app.Time.AdvanceWallClock(TimeSpan.FromDays(30));
                break;

            default:
                app.Time.AdvanceWallClock(TimeSpan.FromDays(20));
                break;
        }

        cookie = await app.SignInAsync();
        foreach (var headers in new (string, string)[][] { [], [("If-Match", "\"9\"")] })
        {
            using var edit = await app.EditAsync(cookie, id, """{ "name": "n" }""", headers);
            using var rotation = await app.RotateAsync(cookie, id, "{}", headers);
            foreach (var response in new[] { edit, rotation })
            {
                var problem = await response.ProblemAsync(HttpStatusCode.Conflict);
                Assert.Equal("urn:pat:token-not-usable", problem.Text("type"));
                Assert.Equal(status, problem.Text("tokenStatus"));
                Assert.Contains(status, problem.Text("detail"), StringComparison.Ordinal);
            }
        }
    }
}
