using System.Diagnostics;

namespace Pat;

/// <summary>
/// The spans of the source <c>Pat</c>: what takes its time, and so goes beyond memory. A token that is decided from memory has
/// none. They carry ids of tokens and numbers, never a value, an owner or an address.
/// </summary>
internal static class PatActivities
{
    public const string SourceName = "Pat";

    /// <summary>One presented token, judged by what is read for it.</summary>
    public const string Verify = "pat.verify";

    /// <summary>One request's wait for a look-up. It links to the <see cref="Read"/> that answered it.</summary>
    public const string Lookup = "pat.lookup";

    /// <summary>One read of tokens that requests wait for, of many at once: a trace of its own.</summary>
    public const string Read = "pat.read";

    /// <summary>One read of tokens ahead of time.</summary>
    public const string Refresh = "pat.refresh";

    /// <summary>One Argon2id hash, with its wait for room.</summary>
    public const string Hash = "pat.hash";

    /// <summary>One statement that writes last uses.</summary>
    public const string UsageWrite = "pat.usage.write";

    /// <summary>One clean-up.</summary>
    public const string Cleanup = "pat.cleanup";

    /// <summary>One attempt to connect to the change feed.</summary>
    public const string FeedConnect = "pat.feed.connect";

    /// <summary>Everything in use, read again since changes may have gone unheard.</summary>
    public const string FeedCatchUp = "pat.feed.catch_up";

    /// <summary>One change, told to the other nodes where the write did not do that.</summary>
    public const string FeedPublish = "pat.feed.publish";

    private static readonly ActivitySource Source = new(SourceName, PatMetrics.Version);

    /// <summary>Begins a span, or gives null where nobody listens, or where a listener throws: whoever watches changes nothing.</summary>
    public static Activity? Start(string name)
    {
        try
        {
            return Source.StartActivity(name);
        }
        catch (Exception)
        {
            return null;
        }
    }

    /// <summary>Runs what has a span, which says so where it fails.</summary>
    public static Task<T> RunAsync<T>(string name, Func<Activity?, Task<T>> work) =>
        Source.HasListeners() ? RunHeardAsync(name, work) : work(null);

    /// <summary>Marks a span as failed, by the kind of the exception: what it says may hold what belongs in no trace.</summary>
    public static void Fail(this Activity? activity, Exception exception) =>
        activity?.SetStatus(ActivityStatusCode.Error).SetTag(PatTags.ErrorType, exception.GetType().FullName);

    private static async Task<T> RunHeardAsync<T>(string name, Func<Activity?, Task<T>> work)
    {
        using var activity = Start(name);
        try
        {
            return await work(activity).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
    }
}
