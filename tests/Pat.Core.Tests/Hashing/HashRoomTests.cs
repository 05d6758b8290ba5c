using Microsoft.Extensions.Time.Testing;

namespace Pat.Core.Tests;

public sealed class HashRoomTests
{
    [Fact]
    public async Task No_more_run_at_once_than_there_are_places()
    {
        using var room = new HashRoom(2, TimeProvider.System);
        var finish = new TaskCompletionSource<int>();
        var running = 0;

        var hashes = Enumerable.Range(0, 5).Select(_ => room.RunAsync(
            () =>
            {
                Interlocked.Increment(ref running);
                return finish.Task;
            },
            Timeout.InfiniteTimeSpan,
            default)).ToList();

        Assert.Equal(2, Volatile.Read(ref running));
        finish.SetResult(1);
        Assert.All(await Task.WhenAll(hashes), result => Assert.Equal(1, result));
    }

    [Fact]
    public async Task Who_finds_no_place_in_time_is_told_that_it_is_no_refusal()
    {
        using var room = new HashRoom(1, TimeProvider.System);
        var finish = new TaskCompletionSource<int>();
        var first = room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default);

        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => room.RunAsync(() => Task.FromResult(2), TimeSpan.FromMilliseconds(1), default));

        finish.SetResult(1);
        Assert.Equal(1, await first);
        Assert.Equal(3, await room.RunAsync(() => Task.FromResult(3), Timeout.InfiniteTimeSpan, default));
    }

    [Fact]
    public async Task Who_leaves_takes_no_place()
    {
        using var room = new HashRoom(1, TimeProvider.System);
        using var leaving = new CancellationTokenSource();
        var finish = new TaskCompletionSource<int>();
        var first = room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default);
        var second = room.RunAsync<int>(() => throw new InvalidOperationException("It left before its turn."), Timeout.InfiniteTimeSpan, leaving.Token);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        finish.SetResult(1);
        await first;
        Assert.Equal(3, await room.RunAsync(() => Task.FromResult(3), Timeout.InfiniteTimeSpan, default));
    }

    [Fact]
    public async Task One_that_fails_gives_its_place_back()
    {
        using var room = new HashRoom(1, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            room.RunAsync<int>(() => throw new InvalidOperationException(), Timeout.InfiniteTimeSpan, default));

        Assert.Equal(1, await room.RunAsync(() => Task.FromResult(1), Timeout.InfiniteTimeSpan, default));
    }

    [Fact]
    public async Task Who_would_wait_too_long_by_what_the_last_ones_took_is_told_at_once()
    {
        var time = new FakeTimeProvider();
        using var room = new HashRoom(1, time);
        await HashForAsync(room, time, TimeSpan.FromSeconds(1));
        var finish = new TaskCompletionSource<int>();
        var running = room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default);
        var waiting = Enumerable.Range(0, 6).Select(_ => room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(5), default)).ToList();

        // Six wait: of them the first five would have their turn in 0 to 4 seconds, the sixth in 5, a seventh in 6.
        Assert.All(waiting, hash => Assert.False(hash.IsCompleted));
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(5), default));
        Assert.Equal(6, room.Waiting);

        finish.SetResult(1);
        await running;
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task What_a_hash_takes_by_expectation_moves_by_an_eighth_towards_what_each_one_took()
    {
        var time = new FakeTimeProvider();
        using var room = new HashRoom(1, time);
        await HashForAsync(room, time, TimeSpan.FromSeconds(1));
        await HashForAsync(room, time, TimeSpan.FromSeconds(9));
        var finish = new TaskCompletionSource<int>();
        var running = room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default);
        var next = room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default);

        // One waits, and it is expected to take 2 seconds.
        var patient = room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(2), default);
        Assert.False(patient.IsCompleted);
        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() =>
            room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(3.9), default));

        Assert.Equal("Too many secrets are being hashed at the moment.", refused.Message);
        finish.SetResult(1);
        await Task.WhenAll(running, next, patient);
    }

    [Fact]
    public async Task Who_waits_without_an_end_waits_however_long_it_will_take()
    {
        var time = new FakeTimeProvider();
        using var room = new HashRoom(1, time);
        await HashForAsync(room, time, TimeSpan.FromDays(1));
        var finish = new TaskCompletionSource<int>();
        var hashes = Enumerable.Range(0, 4).Select(_ => room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default)).ToList();

        Assert.Equal(3, room.Waiting);

        finish.SetResult(1);
        Assert.All(await Task.WhenAll(hashes), result => Assert.Equal(1, result));
        Assert.Equal(0, room.Waiting);
    }

    [Fact]
    public async Task With_two_places_the_wait_is_half_as_long()
    {
        var time = new FakeTimeProvider();
        using var room = new HashRoom(2, time);
        await HashForAsync(room, time, TimeSpan.FromSeconds(2));
        var finish = new TaskCompletionSource<int>();
        var hashes = Enumerable.Range(0, 5).Select(_ => room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default)).ToList();

        // Three wait for two places, each for 2 seconds.
        var patient = room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(3), default);
        Assert.False(patient.IsCompleted);
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => room.RunAsync(() => finish.Task, TimeSpan.FromSeconds(3), default));

        finish.SetResult(1);
        await Task.WhenAll([.. hashes, patient]);
    }

    [Fact]
    public async Task A_room_that_was_disposed_of_lets_nobody_in()
    {
        var room = new HashRoom(1, TimeProvider.System);
        room.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => room.RunAsync(() => Task.FromResult(1), Timeout.InfiniteTimeSpan, default));
    }

    [Theory]
    [InlineData(2, 24L << 30, 19_456, 1)]
    [InlineData(64, 64L << 30, 19_456, 32)]
    [InlineData(64, 1L << 30, 19_456, 5)]
    [InlineData(1, 64L << 20, 1_048_576, 1)]
    public void It_has_half_of_the_cores_and_a_tenth_of_the_memory_but_place_for_one(int cores, long memory, int kib, int places) =>
        Assert.Equal(places, HashRoom.PlacesFor(cores, memory, kib));

    private static Task<int> HashForAsync(HashRoom room, FakeTimeProvider time, TimeSpan duration) => room.RunAsync(
        () =>
        {
            time.Advance(duration);
            return Task.FromResult(0);
        },
        Timeout.InfiniteTimeSpan,
        default);
}
