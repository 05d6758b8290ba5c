using System.Globalization;

namespace Pat.TestSupport;

/// <summary>
/// How long a test waits for what happens by itself before it fails: a minute, so that a busy machine fails none. Mutation testing,
/// where much of what is waited for never comes, sets less.
/// </summary>
public static class TestDeadline
{
    /// <summary>The environment's variable for another limit, in seconds.</summary>
    public const string Variable = "PAT_TEST_DEADLINE";

    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } seconds ? int.Parse(seconds, CultureInfo.InvariantCulture) : 60);
}
