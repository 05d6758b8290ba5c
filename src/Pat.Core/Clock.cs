using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>
/// The time as tokens know it: UTC to the microsecond, which is what PostgreSQL keeps, so that what a call answers and
/// what the database holds are equal.
/// </summary>
internal sealed class Clock(TimeProvider timeProvider, IOptions<PersonalAccessTokenOptions> options)
{
    private readonly TimeSpan _inactivityPeriod = options.Value.InactivityPeriod;

    public DateTimeOffset UtcNow => Truncate(timeProvider.GetUtcNow());

    /// <summary>The rule that judges tokens, as of now.</summary>
    public PersonalAccessTokenUsability Usability() => Usability(timeProvider.GetUtcNow());

    /// <summary>The rule that judges tokens, as of <paramref name="now"/>.</summary>
    public PersonalAccessTokenUsability Usability(DateTimeOffset now) => new(Truncate(now), _inactivityPeriod);

    public static DateTimeOffset Truncate(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return utc.AddTicks(-(utc.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
