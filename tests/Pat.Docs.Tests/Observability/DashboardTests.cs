using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pat.Docs.Tests;

/// <summary>The dashboard asks for what the product emits, and for all of it.</summary>
public sealed partial class DashboardTests(ExercisedProduct product)
{
    private static readonly JsonElement Dashboard =
        JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs/observability/grafana-dashboard.json"))).RootElement;

    private static readonly (string Panel, PromQuery Query, string Legend)[] Queries =
        [.. Panels().SelectMany(static panel => panel.GetProperty("targets").EnumerateArray().Select(target => (
            Text(panel, "title"), new PromQuery(Text(target, "expr")), Text(target, "legendFormat"))))];

    [Fact]
    public void Its_queries_ask_for_what_is_emitted()
    {
        var emitted = new EmittedMetrics(product.Instruments);

        Assert.Empty(Queries.SelectMany(one => emitted.FaultsOf(one.Query).Select(fault => $"{one.Panel}: {fault}")));
        Assert.Empty(VariableQueries().SelectMany(emitted.FaultsOf));
    }

    [Fact]
    public void Every_instrument_documented_is_on_it()
    {
        var emitted = new EmittedMetrics(product.Instruments);
        var shown = Queries.SelectMany(one => emitted.InstrumentsIn(one.Query)).Distinct();

        Assert.Equal(DocumentedInstrument.All.Select(static instrument => instrument.Name).Order(), shown.Order());
    }

    [Fact]
    public void A_legend_names_labels_that_its_query_leaves() => Assert.All(Queries, static one =>
    {
        // A sum leaves those that it groups by, a gauge by itself every label of its own.
        var left = one.Query.Text.Contains("sum", StringComparison.Ordinal) ? one.Query.Grouping : PrometheusNames.OfEach;
        Assert.Empty(Label().Matches(one.Legend).Select(static match => match.Groups[1].Value).Except(left));
    });

    [Fact]
    public void It_has_a_row_for_each_part_and_takes_its_source_from_a_variable()
    {
        Assert.Equal(
            ["Verification", "Hashing", "Store and usage", "Clean-up", "Change feed", "Abuse and open connections"],
            Dashboard.GetProperty("panels").EnumerateArray().Where(static panel => Text(panel, "type") == "row").Select(static row => Text(row, "title")));
        Assert.Contains(Variables(), static variable => Text(variable, "type") == "datasource" && Text(variable, "query") == "prometheus");
        Assert.All(Panels(), static panel => Assert.Equal("${datasource}", Text(panel.GetProperty("datasource"), "uid")));
    }

    [Fact]
    public void Panels_have_ids_of_their_own_a_description_and_a_place()
    {
        var panels = Dashboard.GetProperty("panels").EnumerateArray().ToList();
        var places = panels.SelectMany(static panel => PlacesOf(panel.GetProperty("gridPos"))).ToList();

        Assert.Distinct(panels.Select(static panel => panel.GetProperty("id").GetInt32()));
        Assert.Distinct(places);
        Assert.All(places, static place => Assert.InRange(place.X, 0, 23));
        Assert.All(Panels(), static panel => Assert.NotEmpty(Text(panel, "description")));
    }

    private static IEnumerable<JsonElement> Panels() =>
        Dashboard.GetProperty("panels").EnumerateArray().Where(static panel => Text(panel, "type") != "row");

    private static JsonElement.ArrayEnumerator Variables() => Dashboard.GetProperty("templating").GetProperty("list").EnumerateArray();

    /// <summary><c>label_values(metric, label)</c>, read as a query that groups by that label.</summary>
    private static IEnumerable<PromQuery> VariableQueries() => Variables()
        .Where(static variable => Text(variable, "type") == "query")
        .Select(static variable => LabelValues().Match(Text(variable.GetProperty("query"), "query")))
        .Select(static match => new PromQuery($"sum by ({match.Groups["label"].Value}) ({match.Groups["metric"].Value})"));

    private static IEnumerable<(int X, int Y)> PlacesOf(JsonElement grid)
    {
        var (x, y) = (grid.GetProperty("x").GetInt32(), grid.GetProperty("y").GetInt32());
        return from across in Enumerable.Range(x, grid.GetProperty("w").GetInt32())
               from down in Enumerable.Range(y, grid.GetProperty("h").GetInt32())
               select (across, down);
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString()!;

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Label();

    [GeneratedRegex(@"^label_values\((?<metric>.+), (?<label>\w+)\)$")]
    private static partial Regex LabelValues();
}
