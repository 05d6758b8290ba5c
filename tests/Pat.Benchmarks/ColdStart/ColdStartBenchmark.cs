using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Pat.TestSupport;

namespace Pat.Benchmarks;

/// <summary>
/// A node that starts anew while tokens are in use: each has to be proven again, by the slow hash where that is chosen.
/// </summary>
internal sealed class ColdStartBenchmark(bool isQuick)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly int _tokens = isQuick ? 40 : 1_000;
    private readonly TimeSpan _longer = TimeSpan.FromSeconds(isQuick ? 1 : 5);

    public async Task<Report> RunAsync()
    {
        await using var postgres = new PostgresServer { IsDurable = true };
        var report = new Report("coldstart", isQuick);
        var summary = new FigureTable(
            "coldstart",
            $"{_tokens} callers, one request a second each, from the moment the node listens; of the requests that were due before all tokens were proven. 503 is what a caller may send again; 401 would be wrong.",
            "hash", "tokens", "s until all proven", "due until then", "200", "503", "503 share", "401", "other", "longest wait s", "p99 ms later");
        var course = new FigureTable(
            "course", "The same, until the end of each second", "hash", "second", "proven", "200", "503");
        report.Tables.Add(summary);
        report.Tables.Add(course);
        foreach (var algorithm in Enum.GetValues<PersonalAccessTokenHashAlgorithm>())
        {
            await using var created = await postgres.CreateDatabaseAsync();
            var database = Database.Of(created);
            await report.AddSettingsAsync(database);
            Summarise(summary, course, algorithm, await MeasureAsync(database, algorithm));
        }

        return report;
    }

    private async Task<IReadOnlyList<Answer>> MeasureAsync(Database database, PersonalAccessTokenHashAlgorithm algorithm)
    {
        Console.WriteLine($"{algorithm}: issuing {_tokens} tokens, which takes the hash as often");
        IReadOnlyList<string> tokens;
        await using (var former = new Node(database, algorithm))
        {
            await former.CreateTablesAsync();
            tokens = await former.IssueAsync(_tokens);
        }

        Console.WriteLine($"{algorithm}: starting anew");
        await using var application = BenchmarkedApplication.Build(
            new PatContender("pat", database, algorithm: algorithm),
            host => host.UseUrls("http://127.0.0.1:0").ConfigureLogging(logging => logging.AddFilter(nameof(Pat), LogLevel.Error)));
        await application.StartAsync();
        return await new Callers(new Uri(application.Urls.First()), tokens).RunAsync(_longer, Limit);
    }

    private void Summarise(
        FigureTable summary, FigureTable course, PersonalAccessTokenHashAlgorithm algorithm, IReadOnlyList<Answer> answers)
    {
        var proven = answers.Where(answer => answer.IsAccepted)
            .GroupBy(answer => answer.Caller, (_, own) => own.Min(answer => answer.Received))
            .ToList();
        var end = proven.Max();
        var before = answers.Where(answer => answer.Due <= end).ToList();
        var unavailable = Count(before, HttpStatusCode.ServiceUnavailable);
        summary.Add(
            algorithm.ToString(),
            _tokens,
            end.TotalSeconds,
            before.Count,
            Count(before, HttpStatusCode.OK),
            unavailable,
            (double)unavailable / before.Count,
            Count(answers, HttpStatusCode.Unauthorized),
            answers.Count - Count(answers, HttpStatusCode.OK) - Count(answers, HttpStatusCode.ServiceUnavailable) - Count(answers, HttpStatusCode.Unauthorized),
            answers.Max(answer => (answer.Received - answer.Due).TotalSeconds),
            new Series(answers.Where(answer => answer.Due > end).Select(answer => (answer.Received - answer.Due).TotalMilliseconds))
                .Percentile(0.99));
        for (var second = 0; second <= (int)end.TotalSeconds + 1; second++)
        {
            var now = TimeSpan.FromSeconds(second);
            var during = answers.Where(answer => answer.Received < now && answer.Received >= now - TimeSpan.FromSeconds(1)).ToList();
            course.Add(
                algorithm.ToString(),
                second.ToString(CultureInfo.InvariantCulture),
                proven.Count(at => at < now),
                Count(during, HttpStatusCode.OK),
                Count(during, HttpStatusCode.ServiceUnavailable));
        }
    }

    private static int Count(IReadOnlyList<Answer> answers, HttpStatusCode status) =>
        answers.Count(answer => answer.Status == status);
}
