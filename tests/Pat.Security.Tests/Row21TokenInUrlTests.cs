using System.Net;

namespace Pat.Security.Tests;

/// <summary>
/// Row 21. A token was taken from the URL (Gogs CVE-2026-26196). Only the Authorization header is read; whoever wants another place
/// supplies it by an event.
/// </summary>
public sealed class Row21TokenInUrlTests
{
    [Theory]
    [InlineData("access_token")]
    [InlineData("token")]
    [InlineData("authorization")]
    public async Task Row_21_a_token_in_the_url_is_never_read(string parameter)
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var token = await app.CreateTokenAsync("read");

        using var response = await app.GetAsync($"{UsualEndpoints.Read}?{parameter}={token}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(["Bearer"], response.Challenges());
        Assert.Equal(0, app.Store.Lookups);
    }
}
