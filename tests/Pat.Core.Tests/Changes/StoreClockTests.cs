namespace Pat.Core.Tests;

public sealed class StoreClockTests
{
    private readonly ObservedTime _time = new();
    private readonly StoreClock _clock;

    public StoreClockTests() => _clock = new StoreClock(_time);

    [Fact]
    public async Task An_answer_is_of_half_way_between_question_and_answer()
    {
        await MeasureAsync(skew: 10, there: 0.2, back: 0.2);

        Assert.Equal(TimeSpan.FromSeconds(10), _clock.Offset);
    }

    [Fact]
    public async Task A_slow_answer_does_not_replace_a_quick_one_that_it_agrees_with()
    {
        await MeasureAsync(skew: 10, there: 0.001, back: 0.001);
        _time.Advance(TimeSpan.FromSeconds(30));

        await MeasureAsync(skew: 10, there: 0, back: 1);

        Assert.Equal(TimeSpan.FromSeconds(10), _clock.Offset);
    }

    [Fact]
    public async Task A_quick_answer_replaces_a_slow_one()
    {
        await MeasureAsync(skew: 10, there: 0, back: 1);

        await MeasureAsync(skew: 10, there: 0.001, back: 0.001);

        Assert.Equal(TimeSpan.FromSeconds(10), _clock.Offset);
    }

    [Fact]
    public async Task A_quick_answer_is_not_kept_for_ever()
    {
        await MeasureAsync(skew: 10, there: 0.001, back: 0.001);
        _time.Advance(TimeSpan.FromHours(1));

        await MeasureAsync(skew: 11, there: 0.5, back: 0.5);

        Assert.Equal(TimeSpan.FromSeconds(11), _clock.Offset);
    }

    [Fact]
    public async Task A_store_whose_clock_was_set_is_believed_however_slow_it_answers()
    {
        await MeasureAsync(skew: 10, there: 0.001, back: 0.001);

        await MeasureAsync(skew: 300, there: 0.5, back: 0.5);

        Assert.Equal(TimeSpan.FromSeconds(300), _clock.Offset);
    }

    [Fact]
    public async Task Setting_this_nodes_clock_moves_the_difference_at_once_and_the_stores_time_not()
    {
        await MeasureAsync(skew: 0, there: 0.001, back: 0.001);
        var before = _clock.UtcNow;

        _time.AdvanceWallClock(TimeSpan.FromMinutes(5));

        Assert.Equal(before, _clock.UtcNow);
        Assert.Equal(TimeSpan.FromMinutes(-5), _clock.Offset);
    }

    /// <param name="skew">How far the store's clock is ahead, in seconds.</param>
    /// <param name="there">What the question takes.</param>
    /// <param name="back">What the answer takes.</param>
    private Task MeasureAsync(double skew, double there, double back) => _clock.MeasureAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(there));
        var time = _time.GetUtcNow().AddSeconds(skew);
        _time.Advance(TimeSpan.FromSeconds(back));
        return Task.FromResult(time);
    });
}
