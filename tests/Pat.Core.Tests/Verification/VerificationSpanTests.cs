using System.Collections.Concurrent;
using System.Diagnostics;

namespace Pat.Core.Tests;

/// <summary>What spans say of a look-up, its read and its verdict.</summary>
public sealed class VerificationSpanTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _stopped = new();
    private readonly ActivityListener _listener;
    private readonly Activity _own = new Activity("test").SetIdFormat(ActivityIdFormat.W3C).Start();

    public VerificationSpanTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Pat",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _own.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task A_verdict_is_described_and_its_look_up_leads_to_the_read()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();

        await cold.RefusalOfAsync(value);

        Assert.Equal(
            [("pat.result", "accepted"), ("pat.source", "hash"), ("pat.token.id", PersonalAccessTokenFormat.FormatId(token.Id))],
            Tags(await OwnAsync("pat.verify")));
        var read = await LinkedAsync(await OwnAsync("pat.lookup"));
        Assert.Equal(("pat.read", 1, ActivityStatusCode.Unset), (read.OperationName, read.GetTagItem("pat.tokens"), read.Status));
    }

    [Fact]
    public async Task A_read_that_failed_says_so()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        cold.Store.Fail();

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => cold.RefusalOfAsync(value));

        Assert.Equal(ActivityStatusCode.Error, (await LinkedAsync(await OwnAsync("pat.lookup"))).Status);
    }

    [Fact]
    public void A_refusal_is_described_with_its_reason()
    {
        using var span = new Activity("span");
        TokenVerdict.Refused(Guid.Empty, PersonalAccessTokenRefusal.Expired, VerdictSource.Store).Describe(span);

        Assert.Equal(
            [("pat.reason", "expired"), ("pat.result", "refused"), ("pat.source", "store"), ("pat.token.id", PersonalAccessTokenFormat.FormatId(Guid.Empty))],
            Tags(span));
    }

    [Fact]
    public void What_names_no_token_is_described_without_an_id()
    {
        using var span = new Activity("span");
        TokenVerdict.Malformed.Describe(span);

        Assert.Equal([("pat.reason", "malformed"), ("pat.result", "refused"), ("pat.source", "cache")], Tags(span));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_read_ahead_of_time_says_how_much_it_was_and_whether_it_failed(bool fails, bool isRepeating)
    {
        await using var application = await TokenApplication.CreateAsync();
        var (_, value) = await application.IssueAsync();
        await application.RefusalOfAsync(value);
        if (fails)
        {
            application.Store.Fail();
        }

        application.Store.IsRepeating = isRepeating;
        await application.Get<StateRefresher>().RefreshAllAsync(default);

        var span = await OwnAsync("pat.refresh");
        Assert.Equal(1, span.GetTagItem("pat.tokens"));
        Assert.Equal(fails || isRepeating ? ActivityStatusCode.Error : ActivityStatusCode.Unset, span.Status);
    }

    private static IEnumerable<(string, object?)> Tags(Activity span) =>
        span.TagObjects.Select(static tag => (tag.Key, tag.Value)).OrderBy(static tag => tag.Key, StringComparer.Ordinal);

    /// <summary>The last span of this test with this name: others run beside it.</summary>
    private async Task<Activity> OwnAsync(string name)
    {
        Activity? found = null;
        await Eventually.TrueAsync(() =>
        {
            found = _stopped.LastOrDefault(span => span.OperationName == name && span.TraceId == _own.TraceId);
            return found is not null;
        });
        return found!;
    }

    private async Task<Activity> LinkedAsync(Activity span)
    {
        var link = Assert.Single(span.Links).Context;
        Activity? found = null;
        await Eventually.TrueAsync(() =>
        {
            found = _stopped.FirstOrDefault(other => other.SpanId == link.SpanId && other.TraceId == link.TraceId);
            return found is not null;
        });
        return found!;
    }
}
