using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>The alerts ask for what the product emits, and say why and what to do.</summary>
public sealed partial class AlertTests(ExercisedProduct product)
{
    [Fact]
    public void Their_queries_ask_for_what_is_emitted()
    {
        var emitted = new EmittedMetrics(product.Instruments);

        Assert.Empty(AlertRule.All.SelectMany(rule => emitted.FaultsOf(rule.Query).Select(fault => $"{rule.Name}: {fault}")));
    }

    [Fact]
    public void Each_says_what_is_why_it_matters_and_what_to_do() => Assert.All(AlertRule.All, static rule =>
    {
        Assert.Equal(["action", "reason", "summary"], rule.Annotations.Keys.Order());
        Assert.All(rule.Annotations.Values, static text => Assert.EndsWith(".", text, StringComparison.Ordinal));
        Assert.Contains(rule.Severity, (string[])["critical", "warning", "info"]);
        Assert.Matches("^[0-9]+[mh]$", rule.For);
    });

    [Fact]
    public void Their_names_are_their_own() => Assert.Distinct(AlertRule.All.Select(static rule => rule.Name));

    [Fact]
    public void A_text_names_labels_that_the_query_leaves() => Assert.All(AlertRule.All, static rule =>
    {
        var left = rule.Query.Grouping.Count > 0 ? rule.Query.Grouping : PrometheusNames.OfEach;
        Assert.Empty(rule.Annotations.Values
            .SelectMany(static text => Label().Matches(text)).Select(static match => match.Groups[1].Value).Except(left));
    });

    [Fact]
    public void An_event_that_they_name_is_documented()
    {
        var events = Document.RowsBelow("docs/telemetry.md", "## Events").Select(static row => row[0]).ToHashSet();
        var named = AlertRule.All.SelectMany(static rule => Events().Matches(rule.Annotations["action"])).Select(static match => match.Value).ToList();

        Assert.NotEmpty(named);
        Assert.Empty(named.Except(events));
    }

    [GeneratedRegex(@"\$labels\.(\w+)")]
    private static partial Regex Label();

    // Three digits that are no time: 100 ms is one.
    [GeneratedRegex(@"\b[1-5][0-9]{2}\b(?! ms)")]
    private static partial Regex Events();
}
