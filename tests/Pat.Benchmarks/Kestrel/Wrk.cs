using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Pat.Benchmarks;

/// <summary>The load generator wrk: connections that each send the next request when the last is answered.</summary>
internal static partial class Wrk
{
    private const string Program = "wrk";

    /// <summary>What to do about its absence, or null where it is there.</summary>
    public static string? FindFault() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(directory => File.Exists(Path.Combine(directory, Program)))
            ? null
            : "wrk is not on PATH. Install it: apt-get install -y wrk (Debian), brew install wrk (macOS).";

    /// <summary>Sends requests for a time, each with one of the server's tokens, drawn uniformly.</summary>
    public static async Task<Load> RunAsync(ServerProcess server, int connections, TimeSpan duration)
    {
        var start = new ProcessStartInfo(
            Program,
            [
                "--threads", "1",
                "--connections", connections.ToString(CultureInfo.InvariantCulture),
                "--duration", string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:F0}s"),
                "--timeout", "20s",
                "--script", Path.Combine(AppContext.BaseDirectory, "Kestrel", "tokens.lua"),
                new Uri(server.Address, BenchmarkedApplication.Path).ToString(),
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["PAT_BENCHMARK_TOKENS"] = server.Tokens;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var match = Figures().Match(output);
        if (!match.Success)
        {
            throw new InvalidOperationException($"wrk said nothing of use: {output}");
        }

        var load = new Load(
            Number("requests") / (Number("us") / 1e6), Number("p50") / 1e3, Number("p99") / 1e3);
        return Number("refused") + Number("failed") == 0
            ? load
            : throw new InvalidOperationException($"{server.Name} did not accept all requests: {output}");

        double Number(string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"figures requests=(?<requests>\d+) us=(?<us>\d+) p50=(?<p50>\d+) p99=(?<p99>\d+) refused=(?<refused>\d+) failed=(?<failed>\d+)")]
    private static partial Regex Figures();
}
