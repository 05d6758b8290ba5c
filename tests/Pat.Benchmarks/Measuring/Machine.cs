using System.Globalization;
using System.Runtime;
using System.Runtime.InteropServices;

namespace Pat.Benchmarks;

/// <summary>What the figures were taken on.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGib, string System, string Runtime, bool ServerGc, string Date)
{
    public static Machine Current { get; } = new(
        FindProcessor(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30), 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        GCSettings.IsServerGC,
        TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture));

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Processor}, {Cores} cores, {MemoryGib} GiB, {System}, {Runtime}, {Date}");

    private static string FindProcessor()
    {
        const string Linux = "/proc/cpuinfo";
        var line = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
