using BitFaster.Caching.Lru;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Pat.AspNetCore;

/// <summary>
/// Turns an address away for the rest of a minute once it has presented too much that is no genuine token, where the
/// application asks for that. Each node counts for itself.
/// </summary>
internal sealed class FailureLimits(IOptions<PersonalAccessTokenOptions> options, TimeProvider timeProvider)
{
    /// <summary>The most addresses that are counted, the most recent ones: about 3 MB.</summary>
    internal const int MaxAddresses = 20_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly FastConcurrentLru<AddressBlock, Failures>? _failures =
        options.Value.MaxFailuresPerAddressPerMinute is null ? null : new(MaxAddresses);

    /// <summary>After how many refused presentations within a minute an address is turned away.</summary>
    public int MaxFailures { get; } = options.Value.MaxFailuresPerAddressPerMinute ?? int.MaxValue;

    /// <summary>How many addresses are counted at the moment.</summary>
    internal int CountedAddresses => _failures?.Count ?? 0;

    /// <summary>How long this request's address is still turned away, or null where it is not.</summary>
    public TimeSpan? FindWait(HttpContext context)
    {
        if (_failures is null
            || AddressBlock.Of(context.Connection.RemoteIpAddress) is not { } block
            || !_failures.TryGet(block, out var failures))
        {
            return null;
        }

        lock (failures)
        {
            return failures.Count >= MaxFailures && LeftOf(failures) is { Ticks: > 0 } left ? left : null;
        }
    }

    /// <summary>Counts a refused presentation of this request's address.</summary>
    /// <returns>The address, where this was the one too many.</returns>
    public AddressBlock? Count(HttpContext context)
    {
        if (_failures is null || AddressBlock.Of(context.Connection.RemoteIpAddress) is not { } block)
        {
            return null;
        }

        var failures = _failures.GetOrAdd(block, static _ => new Failures());
        lock (failures)
        {
            if (failures.Count == 0 || LeftOf(failures) <= TimeSpan.Zero)
            {
                (failures.Since, failures.Count) = (timeProvider.GetTimestamp(), 0);
            }

            return ++failures.Count == MaxFailures ? block : null;
        }
    }

    private TimeSpan LeftOf(Failures failures) => Window - timeProvider.GetElapsedTime(failures.Since);

    private sealed class Failures
    {
        public long Since { get; set; }

        public int Count { get; set; }
    }
}
