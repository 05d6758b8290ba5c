using System.Diagnostics;

namespace Pat.Core.Tests;

/// <summary>Whoever listens to spans and throws keeps no token from being judged.</summary>
[Collection(nameof(ThrowingListenerTests))]
[CollectionDefinition(nameof(ThrowingListenerTests), DisableParallelization = true)]
public sealed class ThrowingListenerTests
{
    private const int MoreThanGoAtOnce = 10;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Look_ups_go_on(bool throwsAtStart)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == PatActivities.SourceName,
            Sample = (ref _) => throwsAtStart ? throw new IOException("No sampler.") : ActivitySamplingResult.AllData,
            ActivityStopped = static activity =>
            {
                if (activity.OperationName == PatActivities.Read)
                {
                    throw new IOException("No collector.");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var application = await TokenApplication.CreateAsync();
        var lookups = application.Get<TokenLookups>();
        var (token, _) = await application.IssueAsync();

        for (var lookup = 0; lookup < MoreThanGoAtOnce; lookup++)
        {
            Assert.Equal(token.Id, (await lookups.FindAsync(token.Id, isProven: false, default).WaitAsync(TestDeadline.Limit))!.State.Id);
        }
    }
}
