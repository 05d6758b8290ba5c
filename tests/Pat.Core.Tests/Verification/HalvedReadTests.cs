namespace Pat.Core.Tests;

public sealed class HalvedReadTests
{
    private static readonly int[] Thousand = [.. Enumerable.Range(0, 1_000)];

    private readonly HashSet<int> _unreadable = [];
    private readonly List<int> _read = [];
    private int _calls;

    [Fact]
    public async Task What_can_be_read_is_read_at_once()
    {
        Assert.Empty(await ReadAsync());

        Assert.Equal(Thousand, _read);
        Assert.Equal(1, _calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    [InlineData(999)]
    public async Task One_among_a_thousand_is_found_by_few_calls(int unreadable)
    {
        _unreadable.Add(unreadable);

        var unread = await ReadAsync();

        Assert.IsType<FormatException>(unread[unreadable]);
        Assert.Single(unread);
        Assert.Equal(Thousand.Except([unreadable]), _read.Order());
        Assert.InRange(_calls, 2, 25);
    }

    [Fact]
    public async Task Many_that_stand_apart_are_all_found()
    {
        _unreadable.UnionWith(Thousand.Where(static key => key % 100 == 7));

        var unread = await ReadAsync();

        Assert.Equal(_unreadable.Order(), unread.Keys.Order());
        Assert.Equal(Thousand.Except(_unreadable), _read.Order());
    }

    [Fact]
    public async Task After_64_failures_without_an_answer_nothing_more_is_asked()
    {
        _unreadable.UnionWith(Thousand);

        var unread = await ReadAsync();

        Assert.Equal(Thousand, unread.Keys.Order());
        Assert.Equal(64, _calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(490)]
    public async Task Many_that_stand_together_take_nobody_along(int first)
    {
        _unreadable.UnionWith(Enumerable.Range(first, 100));

        var unread = await ReadAsync();

        Assert.Equal(_unreadable.Order(), unread.Keys.Order());
        Assert.InRange(_calls, 2, 256);
    }

    [Fact]
    public async Task No_more_than_256_reads_are_made()
    {
        _unreadable.UnionWith(Enumerable.Range(300, 400));

        var unread = await ReadAsync();

        Assert.Equal(256, _calls);
        Assert.Superset(_unreadable, unread.Keys.ToHashSet());
        Assert.Equal(Thousand, unread.Keys.Concat(_read).Order());
    }

    [Fact]
    public async Task One_that_fails_slowly_keeps_few_from_being_read_in_time()
    {
        _unreadable.Add(0);
        var left = 6;

        var unread = await HalvedRead.RunAsync(
            Thousand,
            part =>
            {
                if (!part.Contains(0))
                {
                    return Task.CompletedTask;
                }

                left--;
                throw new FormatException();
            },
            _ => left == 0);

        Assert.InRange(unread.Count, 1, 64);
    }

    [Fact]
    public async Task After_an_outage_nothing_more_is_asked()
    {
        var outage = new TimeoutException();
        var fault = new FormatException();

        var unread = await HalvedRead.RunAsync(
            Thousand,
            _ => ++_calls == 2 ? throw outage : throw fault,
            static exception => exception is TimeoutException);

        Assert.Equal(2, _calls);
        Assert.Equal(Thousand, unread.Keys.Order());
        Assert.All(unread.Values, reason => Assert.Same(outage, reason));
    }

    private Task<Dictionary<int, Exception>> ReadAsync() => HalvedRead.RunAsync(
        Thousand,
        async part =>
        {
            await Task.Yield();
            _calls++;
            if (part.Any(_unreadable.Contains))
            {
                throw new FormatException();
            }

            _read.AddRange(part);
        },
        static _ => false);
}
