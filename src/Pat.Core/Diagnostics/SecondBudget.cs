namespace Pat;

/// <summary>What anybody at all can cause 50 times a second: a line of the log, a statement of its own. What goes past that is counted.</summary>
internal sealed class SecondBudget(TimeProvider timeProvider)
{
    internal const int PerSecond = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _since = timeProvider.GetTimestamp();
    private int _taken;
    private int _omitted;

    /// <summary>Whether it may happen once more.</summary>
    /// <param name="omitted">How often it might not, since that was last told.</param>
    public bool TryTake(out int omitted)
    {
        lock (_lock)
        {
            omitted = 0;
            if (timeProvider.GetElapsedTime(_since) >= Second)
            {
                (_since, _taken) = (timeProvider.GetTimestamp(), 0);
                (omitted, _omitted) = (_omitted, 0);
            }

            if (_taken == PerSecond)
            {
                _omitted++;
                return false;
            }

            _taken++;
            return true;
        }
    }
}
