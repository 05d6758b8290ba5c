using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Pat.Client.Tests;

/// <summary>What the client logs at the most talkative level.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Row_22_The_token_is_in_no_log()
    {
        await using var server = await StartAsync();
        using var host = CreateHost(server, out var logs);
        var client = host.CreateClient();

        await client.GetAsync("/old");
        await Assert.ThrowsAsync<PersonalAccessTokenException>(() => client.GetAsync("/refused"));

        var written = Written(logs);
        Assert.Contains("X-Shown: shown", written, StringComparison.Ordinal);
        Assert.Contains("/refused", written, StringComparison.Ordinal);
        Assert.Contains("ClientHandler", written, StringComparison.Ordinal);
        Tokens.AssertAbsent(written);
        Assert.All(server.Received, request => Assert.Equal(Tokens.Header, request.Authorization));
    }

    [Fact]
    public async Task Row_22_Credentials_that_a_caller_sets_by_mistake_are_in_no_line_of_text_either()
    {
        await using var server = await StartAsync();
        using var host = CreateHost(server, out var logs);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Valid) },
        };

        await Assert.ThrowsAsync<InvalidOperationException>(() => host.CreateClient().SendAsync(request));

        var lines = string.Join('\n', logs.GetSnapshot().Select(record => record.Message));
        Assert.Contains("Authorization: *", lines, StringComparison.Ordinal);
        Tokens.AssertAbsent(lines);
    }

    [Fact]
    public async Task Other_headers_stay_as_hidden_as_they_were()
    {
        await using var server = await StartAsync();
        using var host = CreateHost(server, out var logs, showHeaders: false);

        await host.CreateClient().GetAsync("/");

        Assert.Contains("X-Shown: *", Written(logs), StringComparison.Ordinal);
    }

    private static ClientHost CreateHost(KestrelServer server, out FakeLogCollector logs, bool showHeaders = true)
    {
        var collector = FakeLogCollector.Create(new FakeLogCollectorOptions());
        logs = collector;
        return new ClientHost(
            server.Address,
            client: client =>
            {
                client.ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("X-Shown", "shown"));
                if (showHeaders)
                {
                    client.RedactLoggedHeaders(static _ => false);
                }
            },
            services: services => services.AddLogging(logging => logging
                .SetMinimumLevel(LogLevel.Trace)
                .AddProvider(new FakeLoggerProvider(collector))));
    }

    private static string Written(FakeLogCollector logs) => string.Join('\n', logs.GetSnapshot().Select(
        record => $"{record.Category} {record.Message} {record.Exception} {string.Join(' ', record.StructuredState ?? [])} {string.Join(' ', record.Scopes)}"));

    private static Task<KestrelServer> StartAsync() => KestrelServer.StartAsync(context =>
    {
        switch (context.Request.Path.Value)
        {
            case "/old":
                context.Response.Redirect("/new");
                break;

            case "/refused":
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                break;
        }

        return Task.CompletedTask;
    });
}
