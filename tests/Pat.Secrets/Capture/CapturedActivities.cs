using System.Diagnostics;

namespace Pat.Secrets.Capture;

/// <summary>Every activity of every source, with all that a trace would export.</summary>
internal static class CapturedActivities
{
    public static ActivityListener Listen(Recording recording)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static _ => true,
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => recording.Write("activity", () => TextOf(activity)),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static string TextOf(Activity activity) => string.Join(
        ' ',
        [
            activity.Source.Name,
            activity.OperationName,
            activity.DisplayName,
            activity.StatusDescription,
            activity.TraceStateString,
            .. TextsOf(activity.TagObjects),
            .. activity.Baggage.Select(static pair => $"{pair.Key}={pair.Value}"),
            .. activity.Events.SelectMany(static happened => TextsOf(happened.Tags).Prepend(happened.Name)),
            .. activity.Links.SelectMany(static link => TextsOf(link.Tags ?? [])),
        ]);

    private static IEnumerable<string> TextsOf(IEnumerable<KeyValuePair<string, object?>> tags) =>
        tags.Select(static tag => $"{tag.Key}={tag.Value}");
}
