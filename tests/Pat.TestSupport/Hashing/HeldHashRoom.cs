using Xunit;

namespace Pat.TestSupport;

/// <summary>Takes every place of a room, so that hashes wait in order until the test lets them in.</summary>
internal sealed class HeldHashRoom
{
    /// <summary>More than any machine has: a room that has no end would be filled for ever.</summary>
    private const int MostPlaces = 1_000;

    private readonly TaskCompletionSource<int> _release = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Task> _holding = [];
    private readonly HashRoom _room;

    private HeldHashRoom(HashRoom room) => _room = room;

    public static async Task<HeldHashRoom> HoldAsync(HashRoom room)
    {
        var held = new HeldHashRoom(room);
        using var leaving = new CancellationTokenSource();
        while (true)
        {
            var place = room.RunAsync(() => held._release.Task, Timeout.InfiniteTimeSpan, leaving.Token);
            if (room.Waiting > 0)
            {
                // One too many.
                await leaving.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => place);
                return held;
            }

            held._holding.Add(place);
            Assert.InRange(held._holding.Count, 1, MostPlaces);
        }
    }

    public static Task<HeldHashRoom> HoldAsync(TokenApplication node) => HoldAsync(node.Get<SecretHasher>().Room);

    /// <summary>The same, where a hash has taken an hour and one waits already, so that whoever comes next is turned away at once.</summary>
    public static async Task<HeldHashRoom> HoldForLongAsync(HashRoom room, ObservedTime time)
    {
        await room.RunAsync(
            () =>
            {
                time.Advance(TimeSpan.FromHours(1));
                return Task.FromResult(0);
            },
            Timeout.InfiniteTimeSpan,
            CancellationToken.None);
        var held = await HoldAsync(room);
        held._holding.Add(room.RunAsync(static () => Task.FromResult(0), Timeout.InfiniteTimeSpan, CancellationToken.None));
        return held;
    }

    /// <summary>Waits until exactly so many hashes wait for a place.</summary>
    public Task WaitingAsync(int hashes) => Eventually.TrueAsync(() => _room.Waiting == hashes);

    public Task ReleaseAsync()
    {
        _release.SetResult(0);
        return Task.WhenAll(_holding);
    }
}
