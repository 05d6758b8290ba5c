namespace Pat.Core.Tests;

public sealed class HashRoomTests
{
    [Fact]
    public async Task No_more_run_at_once_than_there_are_places()
    {
        using var room = new HashRoom(2, Timeout.InfiniteTimeSpan);
        var finish = new TaskCompletionSource<int>();
        var running = 0;

        var hashes = Enumerable.Range(0, 5).Select(_ => room.RunAsync(
            () =>
            {
                Interlocked.Increment(ref running);
                return finish.Task;
            },
            default)).ToList();

        Assert.Equal(2, Volatile.Read(ref running));
        finish.SetResult(1);
        Assert.All(await Task.WhenAll(hashes), result => Assert.Equal(1, result));
    }

    [Fact]
    public async Task Who_finds_no_place_in_time_is_told_that_it_is_no_refusal()
    {
        using var room = new HashRoom(1, TimeSpan.FromMilliseconds(1));
        var finish = new TaskCompletionSource<int>();
        var first = room.RunAsync(() => finish.Task, default);

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => room.RunAsync(() => Task.FromResult(2), default));

        finish.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(3, await room.RunAsync(() => Task.FromResult(3), default));
    }

    [Fact]
    public async Task Who_leaves_takes_no_place()
    {
        using var room = new HashRoom(1, Timeout.InfiniteTimeSpan);
        using var leaving = new CancellationTokenSource();
        var finish = new TaskCompletionSource<int>();
        var first = room.RunAsync(() => finish.Task, default);
        var second = room.RunAsync<int>(() => throw new InvalidOperationException("It left before its turn."), leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        finish.SetResult(1);
        await first;
        Assert.Equal(3, await room.RunAsync(() => Task.FromResult(3), default));
    }

    [Fact]
    public async Task One_that_fails_gives_its_place_back()
    {
        using var room = new HashRoom(1, Timeout.InfiniteTimeSpan);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            room.RunAsync<int>(() => throw new InvalidOperationException(), default));

        Assert.Equal(1, await room.RunAsync(() => Task.FromResult(1), default));
    }
}
