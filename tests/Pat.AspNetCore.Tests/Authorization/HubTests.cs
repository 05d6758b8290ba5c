using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using static Pat.AspNetCore.TestSupport.HubApp;

namespace Pat.AspNetCore.Tests;

/// <summary>Attributes on hubs and hub methods hold on every transport.</summary>
public sealed class HubTests
{
    [Theory]
    [MemberData(nameof(HubApp.Transports), MemberType = typeof(HubApp))]
    public async Task A_read_token_calls_what_reads_and_is_refused_what_writes(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var connection = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"));

        Assert.Equal("alice reads", await connection.InvokeAsync<string>("Read"));
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Write"));
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("WriteByPolicy"));
        Assert.Empty(app.Services.GetRequiredService<Written>().By);
    }

    [Theory]
    [MemberData(nameof(HubApp.Transports), MemberType = typeof(HubApp))]
    public async Task A_write_token_calls_both(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var connection = await ConnectAsync(app, transport, await app.CreateTokenAsync("write"));

        Assert.Equal("alice reads", await connection.InvokeAsync<string>("Read"));
        Assert.Equal("alice writes", await connection.InvokeAsync<string>("Write"));
        Assert.Equal("alice writes", await connection.InvokeAsync<string>("WriteByPolicy"));
    }

    [Theory]
    [MemberData(nameof(HubApp.Transports), MemberType = typeof(HubApp))]
    public async Task A_token_without_the_scope_of_the_hub_does_not_connect(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        var token = await app.CreateTokenHoldingAsync();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => ConnectAsync(app, transport, token));
    }

    [Fact]
    public async Task Negotiation_asks_for_the_scope_of_the_hub()
    {
        await using var app = await StartAsync();
        const string negotiate = "/hub/negotiate?negotiateVersion=1";

        Assert.Equal(HttpStatusCode.OK, await app.PostAsync(negotiate, await app.CreateTokenAsync("read")).StatusAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await app.PostAsync(negotiate, await app.CreateTokenHoldingAsync()).StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.PostAsync(negotiate, "pat_garbage").StatusAsync());
        Assert.Equal(HttpStatusCode.Unauthorized, await app.PostAsync(negotiate).StatusAsync());
    }
}
