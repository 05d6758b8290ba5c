using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Pat.Core.Tests;

public sealed class ClockTests
{
    [Fact]
    public void The_time_is_UTC_to_the_microsecond()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 14, 0, 0, TimeSpan.FromHours(2)).AddTicks(12_345_679));
        var clock = new Clock(time, Options.Create(new PersonalAccessTokenOptions()));

        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 0, 1, TimeSpan.Zero).AddTicks(2_345_670), clock.UtcNow);
        Assert.Equal(TimeSpan.Zero, clock.UtcNow.Offset);
    }

    [Fact]
    public void The_ends_of_the_calendar_are_truncated_too()
    {
        Assert.Equal(DateTimeOffset.MinValue, Clock.Truncate(DateTimeOffset.MinValue));
        Assert.Equal(DateTimeOffset.MaxValue.AddTicks(-9), Clock.Truncate(DateTimeOffset.MaxValue));
    }
}
