namespace Pat.History.Tests;

public sealed class RunReportTests
{
    private const string TooFew = "fewer than 2000, which prove little";

    [Fact]
    public void A_full_run_with_few_revocations_says_so() =>
        Assert.Contains(TooFew, TextOf(new RunSettings()), StringComparison.Ordinal);

    [Fact]
    public void A_quick_one_does_not() =>
        Assert.DoesNotContain(TooFew, TextOf(new RunSettings { Duration = TimeSpan.FromSeconds(30) }), StringComparison.Ordinal);

    private static string TextOf(RunSettings settings) =>
        RunReport.Of(settings, new DoctoredRun().History, TimeSpan.Zero, new Dictionary<string, (long Version, bool IsRevoked)>()).Text;
}
