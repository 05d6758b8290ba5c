namespace Pat.History;

/// <summary>How far off the nodes' wall clocks were.</summary>
internal sealed class NodeClocks(IEnumerable<ClockSetting> settings)
{
    /// <summary>A node follows a moment after it was told: for so long before and after, nobody knows its clock.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private readonly ILookup<int, ClockSetting> _settings =
        settings.OrderBy(static setting => setting.At).ToLookup(static setting => setting.Node);

    /// <summary>Null where it was being set somewhere in that time.</summary>
    public TimeSpan? OffsetOf(int node, TimeSpan from, TimeSpan until)
    {
        var offset = TimeSpan.Zero;
        foreach (var setting in _settings[node])
        {
            if (setting.At > from - Tolerance && setting.At < until + Tolerance)
            {
                return null;
            }

            if (setting.At < from)
            {
                offset = setting.Offset;
            }
        }

        return offset;
    }
}
