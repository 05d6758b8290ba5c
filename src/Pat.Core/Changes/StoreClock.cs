namespace Pat;

/// <summary>
/// What time it is by the store's clock, as last measured. In between the monotonic clock counts on, so that setting this
/// node's wall clock does not move it.
/// </summary>
internal sealed class StoreClock(TimeProvider timeProvider)
{
    /// <summary>How fast two clocks drift apart at most, as NTP reckons with (RFC 5905, 500 ppm).</summary>
    private const double Drift = 500e-6;

    private Reading? _reading;

    /// <summary>What to add to this node's time to get the store's, or null where that was not measured yet.</summary>
    public TimeSpan? Offset => Volatile.Read(ref _reading) is { } reading ? TimeOf(reading) - timeProvider.GetUtcNow() : null;

    /// <summary>How far this node's clock is from the store's at least; zero where that was not measured yet.</summary>
    public TimeSpan Skew
    {
        get
        {
            if (Volatile.Read(ref _reading) is not { } reading)
            {
                return TimeSpan.Zero;
            }

            var sure = (TimeOf(reading) - timeProvider.GetUtcNow()).Duration() - ErrorOf(reading);
            return sure > TimeSpan.Zero ? sure : TimeSpan.Zero;
        }
    }

    /// <summary>The time by the store's clock, or by this node's where nothing was measured.</summary>
    public DateTimeOffset UtcNow => Volatile.Read(ref _reading) is { } reading ? TimeOf(reading) : timeProvider.GetUtcNow();

    /// <summary>
    /// Asks a store for its time, which it said half-way between the question and the answer, give or take half of what that
    /// took. An earlier answer that was quicker is kept, unless the two can't both be right: then a clock was set.
    /// </summary>
    public async Task MeasureAsync(Func<Task<DateTimeOffset>> ask)
    {
        var asked = timeProvider.GetTimestamp();
        var theirs = await ask().ConfigureAwait(false);
        var answered = timeProvider.GetTimestamp();
        var half = timeProvider.GetElapsedTime(asked, answered) / 2;
        var reading = new Reading(theirs + half, answered, half);
        if (Volatile.Read(ref _reading) is not { } known
            || ErrorOf(known) >= half
            || (TimeOf(known) - TimeOf(reading)).Duration() > ErrorOf(known) + half)
        {
            Volatile.Write(ref _reading, reading);
        }
    }

    private DateTimeOffset TimeOf(Reading reading) => reading.Time + timeProvider.GetElapsedTime(reading.Timestamp);

    private TimeSpan ErrorOf(Reading reading) => reading.Error + (timeProvider.GetElapsedTime(reading.Timestamp) * Drift);

    /// <param name="Time">By the store's clock.</param>
    /// <param name="Timestamp">The same moment by this node's monotonic clock.</param>
    /// <param name="Error">How far it may be off either way.</param>
    private sealed record Reading(DateTimeOffset Time, long Timestamp, TimeSpan Error);
}
