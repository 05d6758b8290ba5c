using System.Net;
using static Pat.AspNetCore.TestSupport.Rotations;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row04TokenMintsTokenTests"/>, for rotations.</summary>
public sealed class Row04TokenMintsTokenInRotationsTests
{
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
}
