using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.AspNetCore.Tests;

/// <summary>Attributes on hubs and hub methods hold on every transport.</summary>
public sealed class HubTests
{
    public static TheoryData<HttpTransportType> Transports =>
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    [Theory]
    [MemberData(nameof(Transports))]
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
    [MemberData(nameof(Transports))]
    public async Task A_write_token_calls_both(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var connection = await ConnectAsync(app, transport, await app.CreateTokenAsync("write"));

        Assert.Equal("alice reads", await connection.InvokeAsync<string>("Read"));
        Assert.Equal("alice writes", await connection.InvokeAsync<string>("Write"));
        Assert.Equal("alice writes", await connection.InvokeAsync<string>("WriteByPolicy"));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Row_31_An_owners_cookie_beside_a_read_token_writes_nothing(HttpTransportType transport)
    {
        await using var app = await StartAsync();
        await using var connection = await ConnectAsync(
            app, transport, await app.CreateTokenAsync("read"), await app.SignInAsync());

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Write"));
        Assert.Empty(app.Services.GetRequiredService<Written>().By);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Row_31_A_transformation_that_puts_a_scope_beside_a_read_token_writes_nothing(HttpTransportType transport)
    {
        await using var app = await StartAsync(new AddsWriteScope());
        await using var connection = await ConnectAsync(app, transport, await app.CreateTokenAsync("read"));

        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<string>("Write"));
        Assert.Empty(app.Services.GetRequiredService<Written>().By);
    }

    [Theory]
    [MemberData(nameof(Transports))]
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

    private static Task<TestApp> StartAsync(IClaimsTransformation? transformation = null) => TestApp.StartAsync(
        services: builder => builder.Services
            .AddSingleton(transformation ?? new NoopClaimsTransformation())
            .AddSingleton<Written>()
            .AddSignalR(),
        map: app => app.MapHub<TaskHub>("/hub"));

    private static async Task<HubConnection> ConnectAsync(
        TestApp app, HttpTransportType transport, string token, string? cookie = null)
    {
        var connection = new HubConnectionBuilder().WithUrl(new Uri(app.Client.BaseAddress!, "/hub"), transport, options =>
        {
            options.Headers["Authorization"] = $"Bearer {token}";
            if (cookie is not null)
            {
                options.Headers["Cookie"] = cookie;
            }
        }).Build();
        await connection.StartAsync();
        return connection;
    }

    private sealed class AddsWriteScope : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
        {
            principal.AddIdentity(new ClaimsIdentity([new Claim(PersonalAccessTokenClaimTypes.Scope, "write")]));
            return Task.FromResult(principal);
        }
    }

    private sealed class Written
    {
        public List<string> By { get; } = [];
    }

    [RequireScope("read")]
    private sealed class TaskHub(Written written) : Hub
    {
        public string Read() => $"{Context.UserIdentifier} reads";

        [RequireScope("write")]
        public string Write()
        {
            written.By.Add(Context.UserIdentifier!);
            return $"{Context.UserIdentifier} writes";
        }

        [Authorize(PersonalAccessTokenPolicies.Write)]
        public string WriteByPolicy() => Write();
    }
}
