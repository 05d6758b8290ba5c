namespace Pat;

/// <summary>How long one request waits in all, however many times it has to.</summary>
internal sealed class Deadline(TimeSpan wait, TimeProvider timeProvider)
{
    private readonly long _started = timeProvider.GetTimestamp();

    /// <summary>What is left of it: 0 when it is over.</summary>
    public TimeSpan Left
    {
        get
        {
            var left = wait - timeProvider.GetElapsedTime(_started);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>The 30 seconds in which a new secret must be begun to be hashed.</summary>
    public static Deadline OfNewSecret(TimeProvider timeProvider) => new(TimeSpan.FromSeconds(30), timeProvider);
}
