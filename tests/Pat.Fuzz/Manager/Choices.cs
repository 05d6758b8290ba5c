namespace Pat.Fuzz;

/// <summary>What the numbers of a step choose among.</summary>
internal static class Choices
{
    private static readonly string?[] Names = ["ci", "laptop", "  padded\t", "\u00fcbung \ud83d\ude00", new('n', 100), new('n', 101), "", null, "\u202e", "a\0b"];

    private static readonly string[]?[] Scopes = [["read"], ["write"], ["write", "read", "read"], ["read", "write"], [], ["admin"], null];

    /// <summary>Mostly short: after a long one few tokens are left that anything can be done with.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMicroseconds(1), .. Enumerable.Repeat(TimeSpan.FromSeconds(1), 3), .. Enumerable.Repeat(TimeSpan.FromSeconds(10), 3),
        .. Enumerable.Repeat(TimeSpan.FromMinutes(1), 3), .. Enumerable.Repeat(TimeSpan.FromMinutes(5), 3), .. Enumerable.Repeat(TimeSpan.FromHours(1), 3),
        TimeSpan.FromHours(6), TimeSpan.FromHours(6), TimeSpan.FromHours(24), TimeSpan.FromDays(3), TimeSpan.FromDays(7), TimeSpan.FromDays(10),
        TimeSpan.FromDays(30), TimeSpan.FromDays(37),
    ];

    private static readonly TimeSpan[] Overlaps =
        [TimeSpan.Zero, TimeSpan.Zero, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(24), TimeSpan.FromHours(25), TimeSpan.FromSeconds(-1)];

    private static readonly TimeSpan[] Expiries =
    [
        TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(10), TimeSpan.FromDays(40), ModelOptions.MaxLifetime,
        ModelOptions.MaxLifetime + TimeSpan.FromTicks(9), ModelOptions.MaxLifetime + TimeSpan.FromMicroseconds(1), TimeSpan.Zero, TimeSpan.FromDays(-1),
    ];

    private static readonly string?[] Reasons = [null, "leaked"];

    /// <summary>Most are right.</summary>
    public static string? Name(int number) => number % 5 != 0 ? Names[number % 5] : Names[5 + (number / 5)];

    public static string[]? ScopesOf(int number) => number % 8 != 0 ? Scopes[number % 4] : Scopes[4 + (number / 8)];

    public static TimeSpan Wait(int number) => Waits[number % Waits.Length];

    public static TimeSpan Overlap(int number) => Overlaps[number % Overlaps.Length];

    public static string? Reason(int number) => Reasons[number % Reasons.Length];

    /// <summary>None for a quarter; of the others one in six is at a bound or beyond it.</summary>
    public static DateTimeOffset? Expiry(int number, DateTimeOffset now) =>
        number % 4 == 0 ? null : now + (number % 8 == 1 ? Expiries[5 + (number / 8 % 4)] : Expiries[number % 5]);

    /// <summary>A condition on the version: none, the right one, a wrong one.</summary>
    public static long? IfVersion(int number, long version) => (number % 5) switch
    {
        0 => version,
        1 => version + 1,
        _ => null,
    };
}
