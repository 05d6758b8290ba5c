using System.Net;
using static Pat.AspNetCore.TestSupport.LastUses;

namespace Pat.Security.Tests;

/// <summary>
/// Row 27. The caller's address was spoofed (better-auth #10203). The address is the connection's; a header changes it only where the
/// application trusts its proxy by ASP.NET Core's own middleware.
/// </summary>
public sealed class Row27SpoofedAddressTests
{
    [Fact]
    public async Task Row_27_a_forwarded_address_from_an_untrusted_peer_changes_nothing()
    {
        // 127.0.0.1 would be trusted by default: the peer is made a stranger.
        await using var app = await StartAsync(PersonalAccessTokenAddressRecording.Full, IPAddress.Parse("203.0.113.77"), useForwardedHeaders: true);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, UsualEndpoints.Read);
        request.Headers.Authorization = new("Bearer", created.Value);
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        request.Headers.Add("Forwarded", "for=198.51.100.1");
        request.Headers.Add("X-Real-IP", "198.51.100.1");

        using var response = await app.Client.SendAsync(request);

        Assert.Equal("203.0.113.77", (await LastUseAsync(app, created.Token!.Id)).LastUsedAddress);
    }
}
