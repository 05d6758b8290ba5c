using System.Globalization;

namespace Pat.Docs.Tests;

/// <summary>The ranges of docs/options.md are those that an application is held to when it starts.</summary>
public sealed class RangeTests
{
    /// <summary>Every option with a range that can be tried: numbers, times, and texts of a length.</summary>
    public static TheoryData<string, string> Options => [.. All.Where(known => known.Range is not null).Select(known => (known.Class.Name, known.Option))];

    private static IEnumerable<(OptionsClass Class, string Option, DocumentedRange? Range)> All =>
        OptionsClass.All.SelectMany(options => options.Ranges.Keys.Select(option => (options, option, RangeOf(options, option))));

    [Fact]
    public void Every_number_and_time_has_a_range() =>
        Assert.Empty(All.Where(known => known.Range is null && DocumentedRange.IsDueTo(known.Class.TypeOf(known.Option))).Select(known => known.Option));

    [Theory]
    [MemberData(nameof(Options))]
    public async Task An_application_starts_at_both_ends(string name, string option)
    {
        var options = Class(name);

        foreach (var value in RangeOf(options, option)!.Accepted(options.TypeOf(option)))
        {
            Assert.Null(await CheckedApplication.FaultOfAsync(options, option, value));
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public async Task It_does_not_start_just_outside_of_them(string name, string option)
    {
        var options = Class(name);

        foreach (var value in RangeOf(options, option)!.Refused(options.TypeOf(option)))
        {
            Assert.Contains(option, await CheckedApplication.FaultOfAsync(options, option, value) ?? $"It starts with {value}.", StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Null_is_in_the_range_of_what_can_be_null(string name, string option) =>
        Assert.Equal(Class(name).CanBeNull(option), RangeOf(Class(name), option)!.IsNullToo);

    [Theory]
    [InlineData("1 to 10,000", typeof(int), 1, 10_000, false, false)]
    [InlineData("1 to 1,000,000, or null", typeof(int?), 1, 1_000_000, false, true)]
    [InlineData("8 to 1,048,576, and at least 8 for each of `Parallelism`", typeof(int), 8, 1_048_576, false, false)]
    [InlineData("`MemoryKib` to 4,194,304", typeof(int), 19_456, 4_194_304, false, false)]
    [InlineData("0 to 10 s", typeof(TimeSpan), 0, 100_000_000, false, false)]
    [InlineData("0, or 100 ms to 1 minute", typeof(TimeSpan), 1_000_000, 600_000_000, true, false)]
    [InlineData("2 to 24 characters, none a space, or null", typeof(string), 2, 24, false, true)]
    public void A_range_is_read(string cell, Type type, long least, long most, bool isZeroToo, bool isNullToo) => Assert.Equal(
        new DocumentedRange(least, most, isZeroToo, isNullToo), DocumentedRange.Read(cell, type, static _ => 19_456));

    [Theory]
    [InlineData("1 to 10", typeof(TimeSpan))]
    [InlineData("1 to 10 minutes", typeof(int))]
    [InlineData("1 to 10 letters", typeof(string))]
    [InlineData("or true", typeof(bool))]
    [InlineData("", typeof(int))]
    public void What_is_no_range_of_its_type_is_not(string cell, Type type) => Assert.Null(DocumentedRange.Read(cell, type, static _ => null));

    [Fact]
    public void What_is_tried_outside_is_next_to_the_ends()
    {
        var range = DocumentedRange.Read("0, or 100 ms to 1 hour", typeof(TimeSpan), static _ => null)!;

        Assert.Equal(
            ["00:00:00.0999999", "01:00:00.0000001", "-00:00:00.0000001", "00:00:00.0000001"],
            range.Refused(typeof(TimeSpan)).Select(static time => ((TimeSpan)time!).ToString("c", CultureInfo.InvariantCulture)));
    }

    private static DocumentedRange? RangeOf(OptionsClass options, string option) => options.RangeIn(options.Ranges[option], option);

    private static OptionsClass Class(string name) => OptionsClass.All.Single(options => options.Name == name);
}
