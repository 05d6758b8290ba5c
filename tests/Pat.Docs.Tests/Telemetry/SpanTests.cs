using System.Diagnostics;

namespace Pat.Docs.Tests;

/// <summary>The spans of docs/telemetry.md are those that the product has.</summary>
public sealed class SpanTests(ExercisedProduct product)
{
    [Fact]
    public void The_spans_documented_are_those_seen()
    {
        var documented = Document.RowsBelow("docs/telemetry.md", "## Spans").Select(static row => Document.CodeOf(row[0]));

        Assert.Equal(documented.Order(), product.Spans.All.Select(static span => span.OperationName).Distinct().Order());
    }

    [Fact]
    public void A_span_has_its_documented_tags_and_no_others()
    {
        var documented = Document.RowsBelow("docs/telemetry.md", "## Spans").ToDictionary(
            static row => Document.CodeOf(row[0]),
            static row => row[1].Split(',').Where(static tag => tag != "none").Select(Document.CodeOf).ToHashSet());

        // Not every span can fail, and few do here: the tag that says so is looked for where it is.
        Assert.All(product.Spans.All, span => Assert.Subset(documented[span.OperationName], TagsOf(span)));
        Assert.All(documented, span => Assert.Equal(
            span.Value.Except([PatTags.ErrorType]).Order(),
            product.Spans.All.Where(seen => seen.OperationName == span.Key).SelectMany(TagsOf).Distinct().Except([PatTags.ErrorType]).Order()));
    }

    [Fact]
    public void A_wait_for_the_store_links_to_the_read_that_answered_it()
    {
        var reads = product.Spans.All.Where(static span => span.OperationName == PatActivities.Read).ToDictionary(static span => span.SpanId);
        var answered = product.Spans.All
            .Where(static span => span.OperationName == PatActivities.Lookup && span.Status == ActivityStatusCode.Unset).ToList();

        Assert.NotEmpty(answered);
        Assert.All(answered, span => Assert.Equal(default, reads[Assert.Single(span.Links).Context.SpanId].ParentSpanId));
    }

    [Fact]
    public void What_takes_time_for_a_request_is_below_the_request()
    {
        var verified = product.Spans.All.Where(static span => span.OperationName == PatActivities.Verify).ToList();

        Assert.Contains(verified, HasChild(PatActivities.Lookup));
        Assert.Contains(verified, HasChild(PatActivities.Hash));
        Assert.Contains(verified, static span => span.GetTagItem(PatTags.SpanSource) is "hash" && span.GetTagItem(PatTags.SpanResult) is "accepted");
    }

    [Fact]
    public void What_is_decided_from_memory_has_none()
    {
        var authentications = product.Instruments.Single(static instrument => instrument.Name == "pat.authentication.duration");

        Assert.Contains("cache", authentications.ValuesOf(PatTags.Source));
        Assert.DoesNotContain(product.Spans.All, static span => span.GetTagItem(PatTags.SpanSource) is "cache");
    }

    [Fact]
    public void A_span_that_failed_says_by_what_kind_of_exception_and_no_more()
    {
        var failed = product.Spans.All.Where(static span => span.Status == ActivityStatusCode.Error).ToList();

        Assert.Contains(failed, static span => span.OperationName == PatActivities.Verify
            && span.GetTagItem(PatTags.ErrorType) as string == typeof(PersonalAccessTokenUnavailableException).FullName);
        Assert.All(failed, static span => Assert.Null(span.StatusDescription));
        Assert.All(product.Spans.All, static span => Assert.Empty(span.Events));
    }

    private static HashSet<string> TagsOf(Activity span) => [.. span.TagObjects.Select(static tag => tag.Key)];

    private Predicate<Activity> HasChild(string name) =>
        parent => product.Spans.All.Any(span => span.OperationName == name && span.ParentSpanId == parent.SpanId);
}
