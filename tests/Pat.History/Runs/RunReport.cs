using System.Globalization;
using System.Text;

namespace Pat.History;

/// <summary>What a run shows.</summary>
public sealed class RunReport
{
    /// <summary>Fewer revocations than these prove little.</summary>
    private const int NeededRevocations = 2_000;

    private const int ShownViolations = 20;

    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(5);

    private RunReport(RunSettings settings, RunCoverage coverage, IReadOnlyList<Violation> violations, string text) =>
        (Settings, Coverage, Violations, Text) = (settings, coverage, violations, text);

    public RunSettings Settings { get; }

    public RunCoverage Coverage { get; }

    public IReadOnlyList<Violation> Violations { get; }

    public string Text { get; }

    /// <param name="settings">What was run.</param>
    /// <param name="history">What happened.</param>
    /// <param name="started">When the load began; before it the nodes were warming up.</param>
    /// <param name="rows">What is in the database at the end.</param>
    public static RunReport Of(
        RunSettings settings, RunHistory history, TimeSpan started, IReadOnlyDictionary<string, (long Version, bool IsRevoked)> rows)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(history);
        var coverage = RunCoverage.Of(history, settings.Nodes);
        var violations = new HistoryJudge(rows).Judge(history);
        return new RunReport(settings, coverage, violations, Write(settings, history, started, coverage, violations));
    }

    private static string Write(
        RunSettings settings, RunHistory history, TimeSpan started, RunCoverage coverage, IReadOnlyList<Violation> violations)
    {
        var text = new StringBuilder();
        Line($"seed {settings.Seed}, feed {settings.Feed}, {settings.Nodes} nodes (one behind PgBouncer), MaxStaleness {settings.MaxStaleness.TotalSeconds} s, {(history.Now - started).TotalSeconds:F0} s");
        foreach (var kind in history.Operations.GroupBy(static operation => operation.Kind).OrderBy(static kind => kind.Key))
        {
            var answers = kind.GroupBy(static operation => operation.Status).OrderBy(static status => status.Key)
                .Select(static status => $"{status.Key}: {status.Count()}");
            Line($"  {kind.Key,-8} {kind.Count(),8}   {string.Join(", ", answers)}");
        }

        Line($"revocations of tokens that every node had accepted in the second before: {coverage.RevocationsInUse}");
        if (settings.IsFull && coverage.RevocationsInUse < NeededRevocations)
        {
            Line($"  fewer than {NeededRevocations}, which prove little");
        }

        Line($"worst acceptance after an acknowledged change: {coverage.WorstDelay.TotalMilliseconds:F0} ms; after a lock, which nobody tells, {coverage.WorstDelayOfLock.TotalMilliseconds:F0} ms (bound {settings.MaxStaleness.TotalMilliseconds:F0} ms)");
        foreach (var (fault, count) in coverage.Faults)
        {
            Line($"  {fault,-28} {count,3} times, failed on until {Percentiles.Of(Recovery.After(history, fault))} after its end");
        }

        var told = history.Propagations.Where(told => told.At > started).ToLookup(told => history.IsTroubled(told.Node, told.At - Aftermath, told.At, Aftermath));
        Line($"propagation without faults: {Percentiles.Of(Measured(told[false]))}");
        Line($"propagation in their time:  {Percentiles.Of(Measured(told[true]))}");
        Line($"arrivals that seem to come before the change: {told.SelectMany(static group => group).Count(static arrival => arrival.Took is null)}");
        Line($"violations: {violations.Count}");
        foreach (var rule in violations.GroupBy(static violation => violation.Rule))
        {
            Line($"  {rule.Key}: {rule.Count()}");
        }

        foreach (var violation in violations.Take(ShownViolations))
        {
            Line($"  {violation.Rule}: {violation.Text}");
        }

        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<TimeSpan> Measured(IEnumerable<Propagation> told) =>
        told.Select(static propagation => propagation.Took).OfType<TimeSpan>();
}
