namespace Pat.History.Tests;

public sealed class UnobservedFaultRuleTests
{
    [Fact]
    public void Row_14_an_exception_that_nobody_looked_at_is_a_violation()
    {
        var run = new DoctoredRun().Create(node: 0, 1, 2);
        Assert.Empty(new UnobservedFaultRule().Judge(run.History));

        run.History.UnobservedFaults.Enqueue(new UnobservedFault(2, TimeSpan.FromSeconds(3), "TimeoutException"));

        var violation = Assert.Single(new UnobservedFaultRule().Judge(run.History));
        Assert.Equal(("unobserved fault", "node 2 at 00:00:03: TimeoutException"), (violation.Rule, violation.Text));
    }
}
