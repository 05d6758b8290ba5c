using Microsoft.Extensions.Time.Testing;

namespace Pat.Core.Tests;

/// <summary>Who gets the places for hashes: making secrets keeps no presented token waiting.</summary>
public sealed class HashGateTests
{
    private static readonly string Value = PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(8, 4)]
    public async Task New_secrets_ask_for_half_of_the_places_at_most(int places, int ofNewSecrets)
    {
        using var hasher = SecretHashers.WithPlaces(places);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);

        var hashes = Enumerable.Range(0, places + 3).Select(_ => hasher.HashAsync(Value)).ToList();
        var atOnce = hasher.Room.Waiting;
        await held.ReleaseAsync();

        Assert.Equal(ofNewSecrets, atOnce);
        Assert.Equal(hashes.Count, (await Task.WhenAll(hashes)).Distinct().Count());
    }

    [Fact]
    public async Task Presented_secrets_ask_for_all_of_them()
    {
        using var hasher = SecretHashers.WithPlaces(4);
        var stored = await hasher.HashAsync(Value);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);

        var verdicts = Enumerable.Range(0, 6).Select(_ => hasher.VerifyAsync(Value, stored)).ToList();
        var atOnce = hasher.Room.Waiting;
        await held.ReleaseAsync();

        Assert.Equal(6, atOnce);
        Assert.All(await Task.WhenAll(verdicts), verdict => Assert.Equal(SecretVerdict.Match, verdict));
    }

    [Fact]
    public async Task The_hash_of_a_new_secret_is_given_up_where_its_caller_leaves()
    {
        using var hasher = SecretHashers.WithPlaces(2);
        using var leaving = new CancellationTokenSource();
        var held = await HeldHashRoom.HoldAsync(hasher.Room);
        var left = hasher.HashAsync(Value, cancellationToken: leaving.Token);
        var next = hasher.HashAsync(Value);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await held.ReleaseAsync();
        Assert.Equal(SecretVerdict.Match, await hasher.VerifyAsync(Value, await next));
    }

    [Fact]
    public async Task A_presented_secret_that_would_wait_for_more_than_5_seconds_is_told_at_once()
    {
        var time = new FakeTimeProvider();
        using var hasher = SecretHashers.WithPlaces(1, time);
        var stored = await hasher.HashAsync(Value);
        await HashForASecondAsync(hasher, time);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);

        var waiting = Enumerable.Range(0, 6).Select(_ => hasher.VerifyAsync(Value, stored)).ToList();

        Assert.All(waiting, verdict => Assert.False(verdict.IsCompleted));
        var refused = await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => hasher.VerifyAsync(Value, stored));
        Assert.True(refused.IsForWantOfRoom);
        await held.ReleaseAsync();
        await Task.WhenAll(waiting);
    }

    [Fact]
    public async Task A_new_secret_is_hashed_for_as_long_as_its_request_waits_and_no_longer()
    {
        var time = new FakeTimeProvider();
        using var hasher = SecretHashers.WithPlaces(1, time);
        var stored = await hasher.HashAsync(Value);
        await HashForASecondAsync(hasher, time);
        var held = await HeldHashRoom.HoldAsync(hasher.Room);
        var waiting = Enumerable.Range(0, 3).Select(_ => hasher.VerifyAsync(Value, stored)).ToList();

        // Three wait, each for a second: 2 seconds are not enough for a fourth, the usual 30 are.
        await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() =>
            hasher.HashAsync(Value, new Deadline(TimeSpan.FromSeconds(2), time)));
        var patient = hasher.HashAsync(Value);
        Assert.False(patient.IsCompleted);

        await held.ReleaseAsync();
        await Task.WhenAll([.. waiting, patient]);
    }

    [Fact]
    public async Task A_hasher_that_was_disposed_of_makes_and_verifies_nothing_slow()
    {
        var hasher = SecretHashers.WithPlaces(2);
        var stored = await hasher.HashAsync(Value);
        hasher.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => hasher.VerifyAsync(Value, stored));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => hasher.HashAsync(Value));
    }

    private static Task<int> HashForASecondAsync(SecretHasher hasher, FakeTimeProvider time) => hasher.Room.RunAsync(
        () =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(0);
        },
        Timeout.InfiniteTimeSpan,
        default);
}
