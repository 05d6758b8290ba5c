using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>An application with a hub whose methods ask for scopes, and a connection to it.</summary>
internal static class HubApp
{
    public static TheoryData<HttpTransportType> Transports =>
        [HttpTransportType.WebSockets, HttpTransportType.ServerSentEvents, HttpTransportType.LongPolling];

    public static Task<TestApp> StartAsync(IClaimsTransformation? transformation = null) => TestApp.StartAsync(
        services: builder => builder.Services
            .AddSingleton(transformation ?? new NoopClaimsTransformation())
            .AddSingleton<Written>()
            .AddSignalR(),
        map: app => app.MapHub<TaskHub>("/hub"));

    public static async Task<HubConnection> ConnectAsync(
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

    public sealed class Written
    {
        public List<string> By { get; } = [];
    }

    [RequireScope("read")]
    public sealed class TaskHub(Written written) : Hub
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
