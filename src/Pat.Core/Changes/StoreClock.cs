namespace Pat;

/// <summary>How far the store's clock is from this node's, as last measured.</summary>
internal sealed class StoreClock(TimeProvider timeProvider)
{
    private const long Unknown = long.MinValue;

    private long _offsetTicks = Unknown;

    /// <summary>What to add to this node's time to get the store's, or null where that was not measured yet.</summary>
    public TimeSpan? Offset => Volatile.Read(ref _offsetTicks) is not Unknown and var ticks ? TimeSpan.FromTicks(ticks) : null;

    /// <summary>The time by the store's clock, or by this node's where nothing was measured.</summary>
    public DateTimeOffset UtcNow => timeProvider.GetUtcNow() + (Offset ?? TimeSpan.Zero);

    /// <summary>Asks a store for its time, which it said half-way between the question and the answer.</summary>
    public async Task MeasureAsync(Func<Task<DateTimeOffset>> ask)
    {
        var asked = timeProvider.GetUtcNow();
        var theirs = await ask().ConfigureAwait(false);
        Volatile.Write(ref _offsetTicks, (theirs - asked - ((timeProvider.GetUtcNow() - asked) / 2)).Ticks);
    }
}
