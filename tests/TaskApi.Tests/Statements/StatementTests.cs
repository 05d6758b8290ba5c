using System.Net;
using System.Net.Http.Headers;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>What requests with tokens cost the database, with the owners of ASP.NET Core Identity.</summary>
public sealed class StatementTests(PostgresServer server)
{
    private const int Users = 50;
    private const int RequestsPerToken = 100;
    private const int StatementsInTenSeconds = 20;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Ten_thousand_requests_in_ten_seconds_with_a_hundred_proven_tokens_take_twenty_statements_at_most()
    {
        await using var application = await CountedApplication.StartAsync(await server.CreateDatabaseAsync());
        var tokens = await application.CreateTokensAsync(Users);
        await Task.WhenAll(tokens.Select(token => SendAsync(application, token)));
        application.Statements.Clear();
        var started = TimeProvider.System.GetTimestamp();

        await Task.WhenAll(tokens.Select(token => UseAsync(application, token)));

        var statements = application.Statements.Statements;
        var elapsed = TimeProvider.System.GetElapsedTime(started);
        var most = StatementsInTenSeconds * Math.Max(1, elapsed / TimeSpan.FromSeconds(10));
        Assert.True(statements.Count <= most, $"{statements.Count} statements in {elapsed}: {string.Join('\n', statements)}");

        // Some there were, or nothing was counted.
        Assert.NotEmpty(statements);
    }

    private static async Task UseAsync(CountedApplication application, string token)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var request = 0; request < RequestsPerToken; request++)
        {
            await timer.WaitForNextTickAsync();
            await SendAsync(application, token);
        }
    }

    private static async Task SendAsync(CountedApplication application, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, CountedApplication.Endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await application.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
