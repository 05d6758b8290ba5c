namespace Pat.History;

/// <summary>
/// A time in which a node's feed was up, with hindsight: from where the node says so until all is sure to have arrived, as
/// it says when it goes down, or to the end of the run.
/// </summary>
/// <param name="Node">Which node.</param>
/// <param name="From">When it said that the feed is up.</param>
/// <param name="Until">What was sent before this has arrived.</param>
internal sealed record FeedInterval(int Node, TimeSpan From, TimeSpan Until)
{
    public static IEnumerable<FeedInterval> In(IEnumerable<FeedEvent> feedEvents)
    {
        foreach (var events in feedEvents.OrderBy(static told => told.At).GroupBy(static told => told.Node))
        {
            TimeSpan? up = null;
            foreach (var told in events)
            {
                if (told.HeardUntil is not { } heardUntil)
                {
                    up ??= told.At;
                    continue;
                }

                if (up is { } from && from < heardUntil)
                {
                    yield return new(events.Key, from, heardUntil);
                }

                up = null;
            }

            if (up is { } last)
            {
                yield return new(events.Key, last, TimeSpan.MaxValue);
            }
        }
    }
}
