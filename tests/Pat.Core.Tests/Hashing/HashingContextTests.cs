namespace Pat.Core.Tests;

/// <summary>A caller that blocks its thread for a hash must get it: nothing waits for that thread.</summary>
public sealed class HashingContextTests
{
    private static readonly string Value = PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet);

    [Fact]
    public async Task A_hash_that_has_to_wait_goes_on_without_the_callers_thread()
    {
        var context = new CallersContext();
        using var hasher = SecretHashers.WithPlaces(2);
        var stored = await hasher.HashAsync(Value);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);

        var verdict = context.Begin(() => hasher.VerifyAsync(Value, stored));
        var made = context.Begin(() => hasher.HashAsync(Value));
        await held.WaitingAsync(2);
        await held.ReleaseAsync();

        Assert.Equal(SecretVerdict.Match, await verdict);
        Assert.Equal(SecretVerdict.Match, await hasher.VerifyAsync(Value, await made));
        Assert.Equal(0, context.Posted);
    }

    [Fact]
    public async Task A_hash_that_is_begun_at_once_goes_on_without_the_callers_thread()
    {
        var context = new CallersContext();
        using var hasher = SecretHashers.WithPlaces(2);

        var stored = await context.Begin(() => hasher.HashAsync(Value));

        Assert.Equal(SecretVerdict.Match, await context.Begin(() => hasher.VerifyAsync(Value, stored)));
        Assert.Equal(0, context.Posted);
    }

    [Fact]
    public async Task A_place_is_given_back_without_the_callers_thread()
    {
        var context = new CallersContext();
        using var room = new HashRoom(1, TimeProvider.System);
        var finish = new TaskCompletionSource<int>();

        var hash = context.Begin(() => room.RunAsync(() => finish.Task, Timeout.InfiniteTimeSpan, default));
        finish.SetResult(1);

        Assert.Equal(1, await hash);
        Assert.Equal(0, context.Posted);
    }
}
