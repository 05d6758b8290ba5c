namespace Pat.Benchmarks;

/// <summary>One figure taken several times.</summary>
internal sealed class Series
{
    private readonly double[] _sorted;

    public Series(IEnumerable<double> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
        if (_sorted.Length == 0)
        {
            throw new ArgumentException("There is nothing to summarise.", nameof(values));
        }
    }

    /// <summary>All of them, the least first.</summary>
    public IReadOnlyList<double> Values => _sorted;

    public double Median => _sorted.Length % 2 == 1
        ? _sorted[_sorted.Length / 2]
        : (_sorted[(_sorted.Length / 2) - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>The least value that is not below <paramref name="share"/> of all.</summary>
    /// <param name="share">Between 0 and 1: 0.99 for the 99th percentile.</param>
    public double Percentile(double share) =>
        _sorted[Math.Clamp((int)Math.Ceiling(share * _sorted.Length) - 1, 0, _sorted.Length - 1)];

    /// <summary>The least and the greatest.</summary>
    public double[] Range => [_sorted[0], _sorted[^1]];
}
