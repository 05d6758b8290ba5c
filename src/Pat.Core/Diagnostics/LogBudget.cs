namespace Pat;

/// <summary>How many lines a second anybody at all can cause in the log: what goes past that is counted.</summary>
internal sealed class LogBudget(TimeProvider timeProvider)
{
    internal const int LinesPerSecond = 50;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private long _since = timeProvider.GetTimestamp();
    private int _lines;
    private int _omitted;

    /// <summary>Whether another line may be written.</summary>
    /// <param name="omitted">How many were not, since that was last told.</param>
    public bool TryTake(out int omitted)
    {
        lock (_lock)
        {
            omitted = 0;
            if (timeProvider.GetElapsedTime(_since) >= Second)
            {
                (_since, _lines) = (timeProvider.GetTimestamp(), 0);
                (omitted, _omitted) = (_omitted, 0);
            }

            if (_lines == LinesPerSecond)
            {
                _omitted++;
                return false;
            }

            _lines++;
            return true;
        }
    }
}
