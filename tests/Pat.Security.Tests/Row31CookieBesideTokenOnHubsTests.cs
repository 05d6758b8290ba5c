using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.TestSupport.HubApp;

namespace Pat.Security.Tests;

/// <summary>More of <see cref="Row31CookieBesideTokenTests"/>, for hubs, on every transport.</summary>
public sealed class Row31CookieBesideTokenOnHubsTests
{
    [Theory]
    [MemberData(nameof(HubApp.Transports), MemberType = typeof(HubApp))]
    public async Task Row_31_An_owners_cookie_beside_a_read_token_writes_nothing(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var connection = await ConnectAsync(
            app, transport, await app.CreateTokenAsync("read"), await app.SignInAsync());

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Write"));
        Assert.Empty(app.Services.GetRequiredService<Written>().By);
    }

    [Theory]
    [MemberData(nameof(HubApp.Transports), MemberType = typeof(HubApp))]
    public async Task Row_31_A_transformation_that_puts_a_scope_beside_a_read_token_writes_nothing(HttpTransportType transport)
    {
        await using var app = await StartAsync(new AddsWriteScope());
        await using var connection = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"));

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Write"));
        Assert.Empty(app.Services.GetRequiredService<Written>().By);
    }

    private sealed class AddsWriteScope : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(PersonalAccessTokenClaimTypes.Scope, "write")]));
            return Task.FromResult(principal);
        }
    }
}
