namespace Pat.Docs.Tests;

/// <summary>docs/options.md has every option of every package, with its default.</summary>
public sealed class OptionsTests
{
    public static TheoryData<string> Classes => [.. OptionsClass.All.Select(static options => options.Name)];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Each_option_has_a_row_and_each_row_is_an_option(string name)
    {
        var options = Class(name);

        Assert.Empty(options.Declared.Except(options.Documented.Keys));
        Assert.All(options.Documented.Keys, option => Assert.True(options.Has(option), $"{name} has no {option}."));
    }

    [Theory]
    [MemberData(nameof(Classes))]
    public void The_default_documented_is_the_default(string name)
    {
        var options = Class(name);

        Assert.Empty(options.Documented
            .Where(row => !DocumentedDefault.Is(row.Value, options.DefaultOf(row.Key)))
            .Select(row => $"{row.Key} is {DocumentedDefault.TextOf(options.DefaultOf(row.Key))}, and not {row.Value}"));
    }

    [Theory]
    [InlineData("5 minutes", "00:05:00", true)]
    [InlineData("1 hour: the first comes after a part of it", "01:00:00", true)]
    [InlineData("50 minutes", "00:05:00", false)]
    [InlineData("null", "00:05:00", false)]
    public void A_time_is_compared_by_its_length(string cell, string time, bool isSame) =>
        Assert.Equal(isSame, DocumentedDefault.Is(cell, TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("null: no limit", null, true)]
    [InlineData("1,000", 1_000, true)]
    [InlineData("1000", 1_000, false)]
    [InlineData("`pat`", "pat", true)]
    [InlineData("false", true, false)]
    public void A_value_is_compared_by_how_it_is_written(string cell, object? value, bool isSame) =>
        Assert.Equal(isSame, DocumentedDefault.Is(cell, value));

    private static OptionsClass Class(string name) => OptionsClass.All.Single(options => options.Name == name);
}
