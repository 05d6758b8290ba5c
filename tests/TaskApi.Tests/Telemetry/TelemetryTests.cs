using System.Net;
using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>Figures and spans of the application, as its operator switches them on.</summary>
public sealed class TelemetryTests
{
    private const string Instrument = "pat.authentication.duration";
    private const string Span = "pat.verify";

    [Fact]
    public async Task The_console_shows_them()
    {
        var command = await DocumentedCommand.ReadAsync(
            "docs/telemetry.md", "dotnet run --project samples/TaskApi -- --OpenTelemetry:Exporter=console");

        var output = await UseAsync(command.ArgumentsFor("samples/TaskApi"), []);

        Assert.Contains($"Metric Name: {Instrument}", output, StringComparison.Ordinal);
        Assert.Matches($@"Activity\.DisplayName: +{Span}", output);
    }

    [Fact]
    public async Task A_collector_gets_them_where_OpenTelemetrys_own_variable_leads()
    {
        await using var collector = await OtlpReceiver.StartAsync();

        await UseAsync(["--OpenTelemetry:Exporter=otlp"], Lead(collector));

        Assert.All(collector.Received, static request => Assert.Equal("application/x-protobuf", request.ContentType));
        Assert.Contains(collector.Received, static request => request.Path == "/v1/metrics" && request.Body.Contains(Instrument, StringComparison.Ordinal));
        Assert.Contains(collector.Received, static request => request.Path == "/v1/traces" && request.Body.Contains(Span, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_gets_them_unless_the_configuration_says_so()
    {
        await using var collector = await OtlpReceiver.StartAsync();

        var output = await UseAsync([], Lead(collector));

        Assert.Empty(collector.Received);
        Assert.DoesNotContain(Span, output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Lead(OtlpReceiver collector) => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
    };

    /// <summary>Presents a token that memory can't decide, and ends the application, which then sends what it has.</summary>
    /// <returns>What it wrote.</returns>
    private static async Task<string> UseAsync(IEnumerable<string> settings, Dictionary<string, string> environment)
    {
        await using var database = TestDatabase.SqliteFile();
        await using var application = await RunningTaskApi.StartAsync(
            RunningTaskApi.DefaultProgram,
            [$"--Database:Provider={database.Provider}", $"--ConnectionStrings:Default={database.ConnectionString}", .. settings],
            environment);
        var unknown = Pat.PersonalAccessTokenFormat.Create("task_pat", Guid.AllBitsSet);
        Assert.Equal(HttpStatusCode.Unauthorized, (await application.CreateClient().ListTasksAsync(unknown)).StatusCode);
        await application.StopAsync();
        return application.Output;
    }
}
