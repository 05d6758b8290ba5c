using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

public sealed class ManagedTokenShapeTests
{
    private static readonly string[] Members =
    [
        "id", "name", "scopes", "status", "createdAt", "updatedAt", "secretCreatedAt", "expiresAt", "lastUsedAt",
        "lastUsedAddress", "revokedAt", "revokedReason", "previousSecretExpiresAt", "version",
    ];

    [Fact]
    public async Task A_token_is_shown_with_every_member_and_times_in_UTC_with_a_Z()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var id = (await app.CreatedAsync(
            cookie, """{ "name": "laptop", "scopes": ["write"], "expiresAt": "2026-03-31T14:00:00+02:00" }""")).Text("id");

        using var response = await app.GetAsync($"{Management.Path}/{id}", cookie: cookie);

        AssertSame(
            $$"""
            {
                "id": "{{id}}", "name": "laptop", "scopes": ["write"], "status": "active",
                "createdAt": "2026-03-01T12:00:00.123456Z", "updatedAt": "2026-03-01T12:00:00.123456Z",
                "secretCreatedAt": "2026-03-01T12:00:00.123456Z", "expiresAt": "2026-03-31T12:00:00Z", "lastUsedAt": null,
                "lastUsedAddress": null, "revokedAt": null, "revokedReason": null, "previousSecretExpiresAt": null, "version": 1
            }
            """,
            await response.ObjectAsync());
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_revoked_token_says_when_and_why()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var path = $"{Management.Path}/{(await app.CreatedAsync(cookie)).Text("id")}";
        app.Time.Advance(TimeSpan.FromMinutes(1));
        using var revoked = await app.SendAsync(HttpMethod.Delete, path, cookie: cookie);

        using var response = await app.GetAsync(path, cookie: cookie);

        var token = await response.ObjectAsync();
        Assert.Equal("revoked", token.Text("status"));
        Assert.Equal("2026-03-01T12:01:00.123456Z", token.Text("revokedAt"));
        Assert.NotEmpty(token.Text("revokedReason"));
    }

    [Fact]
    public async Task A_list_has_items_page_pageSize_total_and_the_bound_of_revocations()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        await app.CreatedAsync(cookie);

        using var response = await app.GetAsync(Management.Path, cookie: cookie);

        var list = await response.ObjectAsync();
        Assert.Equal(["items", "page", "pageSize", "revocationBoundSeconds", "total"], list.Select(member => member.Key).Order());
        Assert.Equal((1, 10, 1), (Number(list, "page"), Number(list, "pageSize"), Number(list, "total")));
        Assert.Equal(10, Number(list, "revocationBoundSeconds"));
        var item = Assert.Single(list["items"]!.AsArray())!.AsObject();
        Assert.Equal(Members.Order(), item.Select(member => member.Key).Order());
        response.AssertUnstored();
    }

    [Fact]
    public async Task The_value_is_in_the_answer_to_the_creation_alone()
    {
        await using var app = await Management.StartAsync();
        var cookie = await app.SignInAsync();
        var created = await app.CreatedAsync(cookie);
        var value = created.Text("token");

        Assert.Equal(Members.Append("token").Order(), created.Select(member => member.Key).Order());
        Assert.True(PersonalAccessTokenFormat.TryParse(value, out _));
        foreach (var (path, token) in new[]
        {
            (Management.Path, null), ($"{Management.Path}/{created.Text("id")}", null), ($"{Management.Path}/self", value),
        })
        {
            using var response = await app.GetAsync(path, token, token is null ? cookie : null);
            var body = await response.Content.ReadAsStringAsync();
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.DoesNotContain("\"token\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain(value[^49..], body, StringComparison.Ordinal);
            Assert.DoesNotContain("sha256", body, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task The_shape_does_not_follow_the_applications_own_JSON_settings()
    {
        await using var app = await Management.StartAsync(services: builder => builder.Services.ConfigureHttpJsonOptions(
            options => options.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseUpper));

        var created = await app.CreatedAsync(await app.SignInAsync());

        Assert.Equal(Members.Append("token").Order(), created.Select(member => member.Key).Order());
    }

    [Theory]
    [InlineData("", Management.Path)]
    [InlineData("", Management.Path + "/")]
    [InlineData("/base", Management.Path)]
    [InlineData("/grün", Management.Path)]
    public async Task A_creation_is_201_and_says_where_the_token_is(string pathBase, string path)
    {
        await using var app = await Management.StartAsync(pipeline: app =>
        {
            app.UsePathBase(pathBase);
            app.UseRouting();
            TestApp.UsualPipeline(app);
        });
        var cookie = await app.SignInAsync();

        using var created = await app.CreateAsync(cookie, path: pathBase + path);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        created.AssertUnstored();
        var id = (await created.ObjectAsync()).Text("id");
        Assert.Equal($"{Uri.EscapeDataString(pathBase).Replace("%2F", "/", StringComparison.Ordinal)}{Management.Path}/{id}",
            created.Headers.Location?.OriginalString);
        using var found = await app.GetAsync(created.Headers.Location!.OriginalString, cookie: cookie);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Theory]
    [InlineData("/konto/schlüssel", "/konto/schl%C3%BCssel")]
    [InlineData("/{tenant}/tokens", "/a%20b/tokens")]
    [InlineData("/{tenant}/tokens", "/a%0D%0ASet-Cookie:%20x/tokens")]
    [InlineData("tokens", "/tokens")]
    public async Task A_path_of_any_characters_is_escaped_in_the_location(string pattern, string path)
    {
        await using var app = await Management.StartAsync(app => app.MapPersonalAccessTokens(pattern));
        var cookie = await app.SignInAsync();

        using var created = await app.CreateAsync(cookie, path: path);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.False(created.Headers.Contains("Set-Cookie"));
        using var found = await app.GetAsync(created.Headers.Location!.OriginalString, cookie: cookie);
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    private static int Number(JsonObject json, string member) => json[member]!.GetValue<int>();

    private static void AssertSame(string expected, JsonObject actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual.ToJsonString());
}
