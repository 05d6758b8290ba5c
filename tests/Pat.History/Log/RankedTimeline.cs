namespace Pat.History;

/// <summary>
/// Things in the order of their times, each with a rank. Those before a moment that rank above a mark are found without
/// looking at the others: a run has a million operations, and each is compared with all that might bear on it.
/// </summary>
internal sealed class RankedTimeline<T>
{
    private readonly (T Item, TimeSpan Time, long Rank)[] _entries;

    /// <summary>The highest rank of all up to and with each entry: where it is too low, nothing earlier needs a look.</summary>
    private readonly long[] _highest;

    public RankedTimeline(IEnumerable<T> items, Func<T, TimeSpan> timeOf, Func<T, long> rankOf)
    {
        _entries = [.. items.Select(item => (item, timeOf(item), rankOf(item))).OrderBy(static entry => entry.Item2)];
        _highest = new long[_entries.Length];
        var highest = long.MinValue;
        for (var index = 0; index < _entries.Length; index++)
        {
            _highest[index] = highest = Math.Max(highest, _entries[index].Rank);
        }
    }

    /// <summary>The latest first.</summary>
    public IEnumerable<T> Before(TimeSpan moment, long above)
    {
        for (var index = CountBefore(moment) - 1; index >= 0 && _highest[index] > above; index--)
        {
            if (_entries[index].Rank > above)
            {
                yield return _entries[index].Item;
            }
        }
    }

    private int CountBefore(TimeSpan moment)
    {
        var (low, high) = (0, _entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _entries[middle].Time < moment ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
