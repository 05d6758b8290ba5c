using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Pat.AspNetCore.Tests;

public sealed class ManagementCreationTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Theory]
    [InlineData("""{}""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": null, "scopes": null, "expiresAt": null, "expiresInDays": null }""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": "  ", "scopes": [], "expiresAt": "2026-03-01T12:00:00Z" }""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": 1, "scopes": "read", "expiresAt": 1, "expiresInDays": "1" }""", "expiresAt,expiresInDays,name,scopes")]
    [InlineData("""{ "name": {}, "scopes": {}, "expiresAt": {}, "expiresInDays": {} }""", "expiresAt,expiresInDays,name,scopes")]
    [InlineData("""{ "name": [], "scopes": [1], "expiresAt": [], "expiresInDays": [] }""", "expiresAt,expiresInDays,name,scopes")]
    [InlineData("""{ "name": true, "scopes": [null], "expiresAt": true, "expiresInDays": true }""", "expiresAt,expiresInDays,name,scopes")]
    [InlineData("""{ "name": "\ud800", "scopes": ["\udc00"], "expiresAt": "\ud800" }""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": "n", "scopes": ["read", "admin"], "expiresInDays": 1 }""", "scopes")]
    [InlineData("""{ "name": "n", "scopes": ["*"], "expiresInDays": 1 }""", "scopes")]
    [InlineData("""{ "name": "n", "scopes": ["Read"], "expiresInDays": 1 }""", "scopes")]
    [InlineData("""{ "name": "n", "scopes": [["read"]], "expiresInDays": 1 }""", "scopes")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 1, "expiresAt": "2026-03-05T12:00:00Z" }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 0 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": -1 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 1.5 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 366 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 1e300 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 99999999999999999999 }""", "expiresInDays")]
    [InlineData("""{ "name": "n", "scopes": ["read"] }""", "expiresAt")]
    [InlineData("""{ "name": "n", "name": "m", "scopes": ["read"], "expiresInDays": 1 }""", "name")]
    [InlineData("""{ "name": "n", "n\u0061me": "m", "scopes": ["read"], "expiresInDays": 1 }""", "name")]
    [InlineData("""{ "name": "n", "Name": "m", "scopes": ["read"], "expiresInDays": 1 }""", "Name")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "expiresInDays": 1, "scope": "read", "": 1 }""", ",scope")]
    [InlineData("""{ "name": "", "scopes": ["admin"], "expiresInDays": "1", "ownerId": "bob" }""", "expiresInDays,name,ownerId,scopes")]
    [InlineData("""{ "name": 1, "scopes": ["admin"], "expiresAt": "2020-01-01T00:00:00Z" }""", "expiresAt,name,scopes")]
    [InlineData("""{ "name": "n", "scopes": "read", "expiresInDays": 366 }""", "expiresInDays,scopes")]
    [InlineData("""{ "name": "n", "scopes": ["read"], "ownerId": "bob" }""", "expiresAt,ownerId")]
    public async Task Every_wrong_member_is_named(string body, string fields)
    {
        var app = management.App;

        using var response = await app.CreateAsync(await app.SignInAsync(_owner), body);

        Assert.Equal(fields.Split(','), await response.ErrorsAsync());
        Assert.Equal(0, await app.CountAsync(_owner));
    }

    [Theory]
    [InlineData("2026-03-05T12:00:00")]
    [InlineData("2026-03-05")]
    [InlineData("2026-03-05 12:00:00Z")]
    [InlineData("2026-03-05T12:00:00Z\\n")]
    [InlineData(" 2026-03-05T12:00:00Z")]
    [InlineData("05/03/2026 12:00:00 +00:00")]
    [InlineData("2026-02-30T12:00:00Z")]
    [InlineData("2026-03-05T25:00:00Z")]
    [InlineData("2026-03-05T12:00:00+15:00")]
    [InlineData("0001-01-01T00:00:00+10:00")]
    [InlineData("9999-12-31T23:59:59-10:00")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("٢٠٢٦-03-05T12:00:00Z")]
    [InlineData("tomorrow")]
    [InlineData("")]
    [InlineData("1772712000")]
    public async Task A_time_without_an_offset_and_one_out_of_reach_are_refused(string time)
    {
        var app = management.App;

        using var response = await app.CreateAsync(
            await app.SignInAsync(_owner), $$"""{ "name": "n", "scopes": ["read"], "expiresAt": "{{time}}" }""");

        Assert.Equal(["expiresAt"], await response.ErrorsAsync());
    }

    [Theory]
    [InlineData("2026-03-05T12:00:00Z", "2026-03-05T12:00:00Z")]
    [InlineData("2026-03-05T12:00Z", "2026-03-05T12:00:00Z")]
    [InlineData("2026-03-05T12:00:00.5-08:00", "2026-03-05T20:00:00.5Z")]
    [InlineData("2026-03-05T12:00:00.1234567+05:30", "2026-03-05T06:30:00.123456Z")]
    public async Task A_time_with_an_offset_is_kept_in_UTC(string time, string kept)
    {
        var app = management.App;

        var created = await app.CreatedAsync(
            await app.SignInAsync(_owner), $$"""{ "name": "n", "scopes": ["read"], "expiresAt": "{{time}}" }""");

        Assert.Equal(kept, created.Text("expiresAt"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(365)]
    public async Task Days_are_counted_from_now(int days)
    {
        var app = management.App;

        var created = await app.CreatedAsync(
            await app.SignInAsync(_owner), $$"""{ "name": "n", "scopes": ["read"], "expiresAt": null, "expiresInDays": {{days}} }""");

        Assert.Equal(
            app.Time.GetUtcNow().AddDays(days), DateTimeOffset.Parse(created.Text("expiresAt"), CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task No_expiry_is_taken_where_the_application_allows_it()
    {
        await using var app = await Management.StartAsync(tokens: options => options.AllowNoExpiry = true);

        var created = await app.CreatedAsync(await app.SignInAsync(_owner), """{ "name": "n", "scopes": ["read"] }""");

        Assert.Null(created["expiresAt"]);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>&\"'")]
    [InlineData("שלום \u200Fabc")]
    [InlineData("🔑 CI \U0001F469\u200D\U0001F4BB")]
    [InlineData("'; DROP TABLE tokens; --")]
    public async Task A_name_of_printable_characters_is_kept_as_it_is(string name)
    {
        var app = management.App;

        var created = await app.CreatedAsync(await app.SignInAsync(_owner), Body(name));

        Assert.Equal(name, created.Text("name"));
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\u001bb")]
    [InlineData("a\u0085b")]
    public async Task A_name_with_a_control_character_is_refused(string name)
    {
        var app = management.App;

        using var response = await app.CreateAsync(await app.SignInAsync(_owner), Body(name));

        Assert.Equal(["name"], await response.ErrorsAsync());
    }

    [Theory]
    [InlineData(100, HttpStatusCode.Created)]
    [InlineData(101, HttpStatusCode.BadRequest)]
    public async Task A_name_has_at_most_100_characters(int length, HttpStatusCode status)
    {
        var app = management.App;

        using var response = await app.CreateAsync(await app.SignInAsync(_owner), Body(new string('n', length)));

        Assert.Equal(status, response.StatusCode);
    }

    private static string Body(string name) =>
        $$"""{ "name": {{JsonSerializer.Serialize(name)}}, "scopes": ["read"], "expiresInDays": 1 }""";
}
