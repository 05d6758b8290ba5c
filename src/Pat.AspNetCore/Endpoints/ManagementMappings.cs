using System.Globalization;

namespace Pat.AspNetCore;

/// <summary>
/// Names the endpoints of the management API. An application can map it more than once, and no two of its endpoints can
/// have the same name.
/// </summary>
internal sealed class ManagementMappings
{
    private int _count;

    /// <summary>What the names of another mapping's endpoints end with: nothing for the first.</summary>
    public string NextSuffix()
    {
        var count = Interlocked.Increment(ref _count);
        return count == 1 ? "" : count.ToString(CultureInfo.InvariantCulture);
    }
}
