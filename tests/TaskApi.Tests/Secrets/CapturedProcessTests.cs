using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Pat;
using Pat.Secrets.Capture;
using Pat.Secrets.Scan;

namespace TaskApi.Tests;

/// <summary>A secret that is said where somebody may keep it has been heard, whatever way it was said.</summary>
public sealed class CapturedProcessTests : IDisposable
{
    private readonly DirectoryInfo _captured = Directory.CreateTempSubdirectory("pat-captured-");
    private readonly string _planted = PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet);

    public static TheoryData<string> Ways => new(
        "trace log of a host without providers", "log argument", "log exception", "log scope", "log without a host", "activity tag",
        "activity baggage", "activity event", "metric tag", "exception that is caught", "diagnostic event", "refusal", "answer header");

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task What_is_said_is_found(string way)
    {
        using (CapturedProcess.Listen(_captured.FullName))
        {
            await SayAsync(way);
        }

        Assert.NotEmpty(new CapturedRun(_captured.FullName).Scan());
    }

    [Fact]
    public async Task A_value_in_an_answer_that_succeeds_is_for_its_caller()
    {
        using (CapturedProcess.Listen(_captured.FullName))
        {
            await AnswerAsync(http => http.Response.WriteAsync(_planted));
        }

        Assert.Empty(new CapturedRun(_captured.FullName).Scan());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void What_goes_to_the_console_is_heard_and_still_goes_there(int atOnce)
    {
        using var console = new StringWriter();
        using (var recording = new Recording(_captured.FullName))
        {
            using var tee = new ConsoleTee(console, recording, "output");
            Array.ForEach([.. $"a line with {_planted}\n".Chunk(atOnce)], tee.Write);
        }

        Assert.Equal($"a line with {_planted}\n", console.ToString());
        Assert.NotEmpty(new CapturedRun(_captured.FullName).Scan());
    }

    public void Dispose() => _captured.Delete(recursive: true);

    private async Task SayAsync(string way)
    {
        switch (way)
        {
            case "trace log of a host without providers":
                await LogAsync(logger => logger.Log(LogLevel.Trace, 0, _planted, null, static (state, _) => state));
                break;
            case "log argument":
                KeyValuePair<string, object?>[] arguments = [KeyValuePair.Create<string, object?>("value", _planted)];
                await LogAsync(logger => logger.Log(LogLevel.Trace, 0, arguments, null, static (_, _) => "hidden"));
                break;
            case "log exception":
                await LogAsync(logger => logger.Log(LogLevel.Error, 0, "failed", new InvalidOperationException(_planted), static (state, _) => state));
                break;
            case "log scope":
                await LogAsync(logger =>
                {
                    using var scope = logger.BeginScope(new Dictionary<string, object> { ["value"] = _planted });
                    logger.Log(LogLevel.Information, 0, "inside", null, static (state, _) => state);
                });
                break;
            case "log without a host":
                using (var services = new ServiceCollection()
                    .AddLogging(static logging => logging.AddEventSourceLogger().SetMinimumLevel(LogLevel.Error)).BuildServiceProvider())
                {
                    services.GetRequiredService<ILogger<PersonalAccessTokenManager>>().Log(LogLevel.Trace, 0, _planted, null, static (state, _) => state);
                }

                break;
            case "activity tag":
                Trace(activity => activity.SetTag("http.request.header.authorization", new Uri($"https://example.com/?x={_planted}")));
                break;
            case "activity baggage":
                Trace(activity => activity.SetBaggage("value", _planted));
                break;
            case "activity event":
                Trace(activity => activity.AddException(new InvalidOperationException(_planted)));
                break;
            case "metric tag":
                using (var meter = new Meter("planted"))
                {
                    meter.CreateCounter<int>("tokens").Add(1, KeyValuePair.Create<string, object?>("value", _planted));
                }

                break;
            case "exception that is caught":
                Assert.Throws<FormatException>(() => int.Parse(_planted, CultureInfo.InvariantCulture));
                break;
            case "diagnostic event":
                using (var listener = new DiagnosticListener("planted"))
                {
                    listener.Write("said", new { Value = _planted });
                }

                break;
            case "refusal":
                await AnswerAsync(http => TypedResults.Problem(_planted, statusCode: StatusCodes.Status409Conflict).ExecuteAsync(http));
                break;
            case "answer header":
                await AnswerAsync(http =>
                {
                    http.Response.Headers.Location = $"/tokens?value={_planted}";
                    return Task.CompletedTask;
                });
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(way));
        }
    }

    private static async Task LogAsync(Action<ILogger> log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Error);
        await using var host = builder.Build();
        log(host.Logger);
    }

    private static void Trace(Action<Activity> act)
    {
        using var source = new ActivitySource("planted");
        using var activity = source.StartActivity();
        act(activity!);
    }

    private static async Task AnswerAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var host = builder.Build();
        host.Run(answer);
        await host.StartAsync();
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(host.Urls.Single()));
    }
}
