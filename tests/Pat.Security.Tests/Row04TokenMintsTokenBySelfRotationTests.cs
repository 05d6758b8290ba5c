using System.Net;
using static Pat.AspNetCore.TestSupport.SelfRotations;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row04TokenMintsTokenTests"/>, for a token that rotates itself.</summary>
public sealed class Row04TokenMintsTokenBySelfRotationTests
{
    private const string Path = Management.Path + "/self/rotate";

    [Theory]
    [InlineData("""{ "expiresAt": "2026-04-30T12:00:00Z" }""", "expiresAt")]
    [InlineData("""{ "expiresAt": null }""", "expiresAt")]
    [InlineData("""{ "scopes": ["write"], "overlapSeconds": -1 }""", "overlapSeconds,scopes")]
    public async Task Row_4_It_gains_neither_time_nor_scopes(string body, string fields)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenAsync("read");

        using var response = await app.PostAsync(Path, token, content: Management.Json(body));

        Assert.Equal(fields.Split(','), await response.ErrorsAsync());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(app, token));
    }
}
