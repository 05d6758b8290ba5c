namespace Pat.Benchmarks;

/// <summary>What a server did under load.</summary>
/// <param name="RequestsPerSecond">How many requests it answered.</param>
/// <param name="MedianMs">The latency that half of them stayed within.</param>
/// <param name="P99Ms">The latency that 99 of 100 stayed within.</param>
internal sealed record Load(double RequestsPerSecond, double MedianMs, double P99Ms);
