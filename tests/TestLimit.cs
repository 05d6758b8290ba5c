using System.Globalization;
using System.Runtime.CompilerServices;

namespace Pat.TestSupport;

// Compiled into each project of tests, where [Fact] and [Theory] are these (Directory.Build.targets): a test that hangs, be it in a
// wait or in a loop, fails by its name and holds the run up no longer than ten minutes. Mutation testing, where much hangs, sets less.

/// <summary>A test with a limit.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitedFactAttribute : Xunit.FactAttribute
{
    public LimitedFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        Timeout = TestLimit.Milliseconds;
}

/// <summary>The same for each case of a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LimitedTheoryAttribute : Xunit.TheoryAttribute
{
    public LimitedTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) =>
        Timeout = TestLimit.Milliseconds;
}

internal static class TestLimit
{
    /// <summary>The environment's variable for another limit, in seconds.</summary>
    private const string Variable = "PAT_TEST_LIMIT";

    public static int Milliseconds { get; } = 1000 * (
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 600);
}
