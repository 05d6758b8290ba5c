using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementRotationTests
{
    [Fact]
    public async Task Row_11_A_rotation_without_an_overlap_ends_the_former_secret_at_once()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        app.Time.Advance(TimeSpan.FromMinutes(1));

        using var response = await app.RotateAsync(cookie, created.Text("id"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"2\"", response.Headers.ETag?.ToString());
        response.AssertUnstored();
        var rotated = await response.ObjectAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, created.Text("token")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
        Assert.Equal("2026-03-01T12:01:00.123456Z", rotated.Text("secretCreatedAt"));
        Assert.Null(rotated["previousSecretExpiresAt"]);
        foreach (var member in new[] { "id", "name", "scopes", "createdAt", "expiresAt", "status" })
        {
            Assert.True(JsonNode.DeepEquals(created[member], rotated[member]), member);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Row_11_With_an_overlap_the_former_secret_works_until_its_end_and_not_at_it(bool isProven)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        using var response = await app.RotateAsync(cookie, created.Text("id"), """{ "overlapSeconds": 60 }""");
        var rotated = await response.ObjectAsync();
        if (isProven)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        }

        app.Time.Advance(TimeSpan.FromSeconds(60) - TimeSpan.FromTicks(10));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        Assert.Equal("2026-03-01T12:01:00.123456Z", (await ShownAsync(app, cookie, created.Text("id"))).Text("previousSecretExpiresAt"));
        app.Time.Advance(TimeSpan.FromTicks(10));

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, created.Text("token")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, rotated.Text("token")));
        Assert.Null((await ShownAsync(app, cookie, created.Text("id")))["previousSecretExpiresAt"]);
    }

    [Fact]
    public async Task A_second_rotation_ends_the_overlap_of_the_first()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        var values = new List<string> { created.Text("token") };
        for (var i = 0; i < 2; i++)
        {
            using var response = await app.RotateAsync(cookie, created.Text("id"), """{ "overlapSeconds": 86400 }""");
            values.Add((await response.ObjectAsync()).Text("token"));
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(app, values[0]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, values[1]));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, values[2]));
    }

    [Fact]
    public async Task An_expiry_given_counts_from_the_new_secret()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        app.Time.Advance(TimeSpan.FromDays(10));

        using var response = await app.RotateAsync(
            await app.SignInAsync(), id, """{ "expiresAt": "2027-03-11T12:00:00Z" }""");

        Assert.Equal("2027-03-11T12:00:00Z", (await response.ObjectAsync()).Text("expiresAt"));
    }

    [Theory]
    [InlineData("""{ "overlapSeconds": -1 }""", "overlapSeconds")]
    [InlineData("""{ "overlapSeconds": 86401 }""", "overlapSeconds")]
    [InlineData("""{ "overlapSeconds": 1.5 }""", "overlapSeconds")]
    [InlineData("""{ "overlapSeconds": "60", "expiresAt": "2020-01-01T00:00:00Z" }""", "expiresAt,overlapSeconds")]
    [InlineData("""{ "overlapSeconds": true, "expiresAt": "tomorrow", "scopes": ["write"] }""", "expiresAt,overlapSeconds,scopes")]
    [InlineData("""{ "expiresAt": null }""", "expiresAt")]
    [InlineData("""{ "expiresAt": "2028-01-01T00:00:00Z" }""", "expiresAt")]
    [InlineData("""{ "name": "n" }""", "name")]
    [InlineData("""{ "expiresInDays": 30 }""", "expiresInDays")]
    public async Task Row_4_Everything_that_is_wrong_is_named_at_once_and_nothing_written(string body, string fields)
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);

        using var response = await app.RotateAsync(cookie, created.Text("id"), body);

        Assert.Equal(fields.Split(','), await response.ErrorsAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, created.Text("token")));
        Assert.Equal(1, (await ShownAsync(app, cookie, created.Text("id")))["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_value_is_in_the_answer_to_the_rotation_alone()
    {
        await using var app = await StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(cookie)).Text("id");
        using var response = await app.RotateAsync(cookie, id, """{ "overlapSeconds": 60 }""");
        var value = (await response.ObjectAsync()).Text("token");

        foreach (var path in new[] { Management.Path, $"{Management.Path}/{id}" })
        {
            using var shown = await app.GetAsync(path, cookie: cookie);
            Assert.DoesNotContain(value[^49..], await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    private static Task<TestApp> StartAsync() => Management.StartAsync(map: app =>
    {
        app.MapPersonalAccessTokens();
        app.MapGet("/tasks", () => "tasks").RequireScope("read");
    });

    private static async Task<HttpStatusCode> StatusAsync(TestApp app, string token)
    {
        using var response = await app.GetAsync("/tasks", token);
        return response.StatusCode;
    }

    private static async Task<JsonObject> ShownAsync(TestApp app, string cookie, string id)
    {
        using var response = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);
        return await response.ObjectAsync();
    }
}
