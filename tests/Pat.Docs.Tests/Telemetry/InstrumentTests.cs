using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Docs.Tests;

/// <summary>The instruments of docs/telemetry.md are those that the product emits.</summary>
public sealed class InstrumentTests(ExercisedProduct product)
{
    [Fact]
    public void The_instruments_documented_are_those_emitted()
    {
        var emitted = product.Instruments.Where(static instrument => instrument.IsEmitted)
            .Select(static seen => $"{seen.Name} {seen.Kind} {seen.Unit} [{string.Join(' ', seen.TagKeys.Order())}]");

        Assert.Equal(DocumentedInstrument.All.Select(static documented => documented.Text).Order(), emitted.Order());
    }

    [Fact]
    public void What_is_registered_is_emitted() =>
        Assert.Equal([], product.Instruments.Where(static instrument => !instrument.IsEmitted).Select(static instrument => instrument.Name));

    [Fact]
    public void A_tag_emitted_has_one_of_its_documented_values() => Assert.All(
        DocumentedInstrument.All,
        documented => Assert.All(
            documented.Tags,
            tag => Assert.Empty(Seen(documented.Name).ValuesOf(tag.Key).Except(tag.Value))));

    [Fact]
    public void A_value_documented_can_be_emitted()
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        using var seen = new SeenInstruments();
        var metrics = new PatMetrics(services.GetRequiredService<IMeterFactory>());
        foreach (var refusal in Enum.GetValues<PersonalAccessTokenRefusal>().Except([PersonalAccessTokenRefusal.None]))
        {
            metrics.ConnectionEnded(refusal);
            if (refusal != PersonalAccessTokenRefusal.ScopesReduced)
            {
                metrics.Rejected(refusal);
            }
        }

        metrics.ConnectionEnded(null);
        metrics.RequestRefused(PatTags.ClosedEndpoint);
        metrics.RequestRefused(PatTags.MissingScopes);
        metrics.RequestRefused(PatTags.OtherCredentials);

        // What a hash is compared with is not asked again of an open connection.
        string[] never = ["malformed", "unreadable_hash"];
        Assert.Equal(Documented("pat.verification.rejected"), Values(seen, "pat.verification.rejected"));
        Assert.Equal(Documented("pat.requests.refused"), Values(seen, "pat.requests.refused"));
        Assert.Equal(Documented("pat.connections.ended"), Values(seen, "pat.connections.ended").Except(never));

        // These are all heard where the product is exercised.
        Assert.All(["result", "source"], tag => Assert.Equal(
            Tag("pat.authentication.duration", tag).Order(), Seen("pat.authentication.duration").ValuesOf(tag).Order()));
        Assert.Equal(
            Tag("pat.verification.hash.duration", "algorithm").Order(),
            Seen("pat.verification.hash.duration").ValuesOf("algorithm").Order());
    }

    [Fact]
    public void A_histogram_says_where_its_buckets_begin_and_end() => Assert.All(
        product.Instruments.Where(static instrument => instrument.Kind == "histogram"),
        static histogram =>
        {
            Assert.Equal(histogram.Buckets.Order(), histogram.Buckets);
            Assert.InRange(histogram.Buckets[0], 0.00001, 0.001);
            Assert.InRange(histogram.Buckets[^1], 10, 30);
        });

    private static IEnumerable<string> Values(SeenInstruments seen, string name) =>
        seen.All.Single(instrument => instrument.Name == name).ValuesOf("reason").Order();

    private static IEnumerable<string> Documented(string name) => Tag(name, "reason").Order();

    private static string[] Tag(string name, string tag) => DocumentedInstrument.All.Single(instrument => instrument.Name == name).Tags[tag];

    private SeenInstrument Seen(string name) => product.Instruments.Single(instrument => instrument.Name == name);
}
