using Microsoft.Extensions.Time.Testing;

namespace Pat.Core.Tests;

/// <summary>How old a read is, by the clock that says longer: the monotonic one stands still while a machine sleeps.</summary>
public sealed class ReadMomentTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_read_is_as_old_as_the_time_that_has_passed()
    {
        var moment = ReadMoment.Now(new ChangeCounters(), _time);

        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), AgeOf(moment));
    }

    [Fact]
    public void A_machine_that_slept_counts_the_sleep()
    {
        var moment = ReadMoment.Now(new ChangeCounters(), _time);
        var timestamp = _time.GetTimestamp();
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), moment.Age(_time, timestamp, _time.GetUtcNow().UtcTicks));
    }

    [Fact]
    public void A_wall_clock_that_was_set_back_makes_no_read_younger()
    {
        var moment = ReadMoment.Now(new ChangeCounters(), _time);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), moment.Age(_time, _time.GetTimestamp(), _time.GetUtcNow().AddHours(-1).UtcTicks));
    }

    [Fact]
    public void Reads_have_the_numbers_of_their_node_in_order()
    {
        var counters = new ChangeCounters();

        Assert.Equal((1, 2), (ReadMoment.Now(counters, _time).Number, ReadMoment.Now(counters, _time).Number));
    }

    private TimeSpan AgeOf(ReadMoment moment) => moment.Age(_time, _time.GetTimestamp(), _time.GetUtcNow().UtcTicks);
}
