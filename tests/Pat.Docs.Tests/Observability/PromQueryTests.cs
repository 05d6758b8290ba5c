namespace Pat.Docs.Tests;

/// <summary>That queries are read rightly, and that a wrong one is noticed.</summary>
public sealed class PromQueryTests(ExercisedProduct product)
{
    [Fact]
    public void A_query_is_read_for_its_metrics_and_labels()
    {
        var query = new PromQuery("""
            histogram_quantile(0.99, sum by (job, le) (rate(a_bucket{x="1", y=~"2|3"}[5m]))) > 0.5 and on (job) (max without (z) (b) unless b offset 15m)
            """);

        Assert.Equal(["a_bucket", "b", "b"], query.Selectors.Select(static selector => selector.Metric));
        Assert.Equal([("x", "1"), ("y", "2|3")], query.Selectors[0].Matchers);
        Assert.Equal(["job", "le", "job", "z"], query.Grouping);
    }

    [Theory]
    [InlineData("pat_store_up == 0", true)]
    [InlineData("pat_store_is_up == 0", false)]
    [InlineData("pat_authentication_duration_seconds", false)]
    [InlineData("pat_tokens_created", false)]
    [InlineData("sum by (reason) (pat_verification_rejected_total)", true)]
    [InlineData("sum by (owner) (pat_verification_rejected_total)", false)]
    [InlineData("pat_verification_rejected_total{reason=\"wrong_secret\"}", true)]
    [InlineData("pat_verification_rejected_total{reason=\"wrong\"}", false)]
    [InlineData("pat_verification_rejected_total{owner=\"alice\"}", false)]
    [InlineData("sum by (le) (pat_authentication_duration_seconds_count)", false)]
    [InlineData("1 > 0", false)]
    public void A_query_for_what_nobody_emits_is_noticed(string query, bool isRight) =>
        Assert.Equal(isRight, !new EmittedMetrics(product.Instruments).FaultsOf(new PromQuery(query)).Any());
}
