namespace Pat.History;

/// <summary>A few numbers in place of many.</summary>
/// <param name="Count">Of how many.</param>
/// <param name="Median">What half of them stay under.</param>
/// <param name="P99">What 99 of 100 stay under.</param>
/// <param name="Max">The greatest one.</param>
public sealed record Percentiles(int Count, TimeSpan Median, TimeSpan P99, TimeSpan Max)
{
    public static Percentiles Of(IEnumerable<TimeSpan> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0
            ? new Percentiles(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero)
            : new Percentiles(sorted.Length, At(0.5), At(0.99), sorted[^1]);

        TimeSpan At(double share) => sorted[(int)Math.Ceiling(share * sorted.Length) - 1];
    }

    public override string ToString() => Count == 0
        ? "none"
        : FormattableString.Invariant($"p50 {Median.TotalMilliseconds:F1} ms, p99 {P99.TotalMilliseconds:F1} ms, max {Max.TotalMilliseconds:F1} ms of {Count}");
}
