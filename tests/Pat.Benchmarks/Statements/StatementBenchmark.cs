using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>What a database hears of requests with proven tokens, their owners in ASP.NET Core Identity.</summary>
internal sealed class StatementBenchmark(bool isQuick)
{
    private const int Tokens = 100;
    private const int Callers = 10;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    private readonly int _requests = isQuick ? 1_000 : 10_000;

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true, Settings = [ServerStatements.Setting] };
        await using var created = await postgres.CreateDatabaseAsync();
        var database = Database.Of(created);
        var contender = new IdentityContender(database);
        await using var application = BenchmarkedApplication.Build(contender, host => host.UseUrls("http://127.0.0.1:0"));
        await contender.PrepareAsync(application.Services);
        var tokens = await contender.IssueAsync(application.Services, Tokens);
        await application.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.First()) };
        foreach (var token in tokens)
        {
            await SendAsync(client, token);
        }

        // A node that starts compares its clock with the database's several times.
        await Task.Delay(Settling);
        var statements = new ServerStatements(database);
        await statements.ResetAsync();
        var sent = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = new PacedLoad(Callers, Period, async () =>
        {
            var number = Interlocked.Increment(ref sent);
            await SendAsync(client, tokens[number % Tokens]);
            if (number == _requests)
            {
                enough.SetResult();
            }
        });
        var started = System.Diagnostics.Stopwatch.GetTimestamp();
        await load.RunAsync(enough.Task);
        var elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(started);
        return Tabulate(await statements.ReadAsync(), sent, elapsed);
    }

    private Report Tabulate(IReadOnlyList<(string Text, long Calls)> heard, int sent, TimeSpan elapsed)
    {
        var summary = new FigureTable(
            "statements",
            "Statements that PostgreSQL counted while requests with proven tokens came, owners in Identity with a role each",
            "tokens", "requests", "s", "statements", "requests a statement");
        var total = heard.Sum(statement => statement.Calls);
        summary.Add(Tokens, sent, elapsed.TotalSeconds, total, total == 0 ? null : (double)sent / total);
        var texts = new FigureTable("texts", "Which they were", "statement", "calls");
        foreach (var (text, calls) in heard)
        {
            texts.Add(text, calls);
        }

        return new Report("statements", isQuick) { Tables = { summary, texts } };
    }

    private static async Task SendAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, BenchmarkedApplication.Path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"A request was answered {response.StatusCode}.");
        }
    }
}
