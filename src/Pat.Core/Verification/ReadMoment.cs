namespace Pat;

/// <summary>When a read was sent: its place among this node's reads and changes, and the time by two clocks.</summary>
/// <param name="Number">Its place in the order that <see cref="ChangeCounters"/> keeps.</param>
/// <param name="Timestamp">By the monotonic clock, which stands still while a machine sleeps.</param>
/// <param name="UtcTicks">By the wall clock, which can be set.</param>
internal readonly record struct ReadMoment(long Number, long Timestamp, long UtcTicks)
{
    public static ReadMoment Now(ChangeCounters counters, TimeProvider timeProvider) =>
        new(counters.NextRead(), timeProvider.GetTimestamp(), timeProvider.GetUtcNow().UtcTicks);

    /// <summary>How long ago it was, by the clock that says longer.</summary>
    public TimeSpan Age(TimeProvider timeProvider, long timestamp, long utcTicks) => TimeSpan.FromTicks(
        Math.Max(timeProvider.GetElapsedTime(Timestamp, timestamp).Ticks, utcTicks - UtcTicks));
}
