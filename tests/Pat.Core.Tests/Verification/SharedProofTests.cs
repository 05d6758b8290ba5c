using static Pat.TestSupport.Proofs;

namespace Pat.Core.Tests;

public sealed class SharedProofTests
{
    /// <summary>The event that says that a hash found no place in its time.</summary>
    private const int NoRoom = 305;

    [Fact]
    public async Task Presentations_of_one_value_at_once_share_a_hash()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var held = await HeldHashRoom.HoldAsync(cold);

        var proofs = Enumerable.Range(0, 20).Select(_ => ProveAsync(cold, stored, value)).ToList();
        await held.WaitingAsync(1);
        await held.ReleaseAsync();

        Assert.All(await Task.WhenAll(proofs).WaitAsync(TestDeadline.Limit), verdict => Assert.Equal(SecretVerdict.Match, verdict));
        Assert.Equal(1, cold.Hashes);
    }

    [Fact]
    public async Task The_first_caller_leaves_and_the_others_get_their_verdict()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var held = await HeldHashRoom.HoldAsync(cold);
        using var leaving = new CancellationTokenSource();
        var first = ProveAsync(cold, stored, value, leaving.Token);
        var second = ProveAsync(cold, stored, value);
        await LeaveAsync(first, leaving);

        // One that everybody left gives its turn back; by then the other one would have too.
        using var leavingToo = new CancellationTokenSource();
        var another = ProveAsync(cold, stored, PersonalAccessTokenFormat.Create("pat", token.Id), leavingToo.Token);
        await held.WaitingAsync(2);
        await LeaveAsync(another, leavingToo);
        await held.WaitingAsync(1);
        await held.ReleaseAsync();

        Assert.Equal(SecretVerdict.Match, await second.WaitAsync(TestDeadline.Limit));
        Assert.Equal(1, cold.Hashes);
    }

    [Fact]
    public async Task A_hash_that_everybody_left_gives_its_turn_back_and_the_next_caller_gets_one_of_his_own()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        var held = await HeldHashRoom.HoldAsync(cold);
        using var leaving = new CancellationTokenSource();
        var left = Enumerable.Range(0, 3).Select(_ => cold.Manager.VerifyAsync(value, leaving.Token)).ToList();
        await held.WaitingAsync(1);

        await leaving.CancelAsync();
        foreach (var presentation in left)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => presentation.WaitAsync(TestDeadline.Limit));
        }

        await held.WaitingAsync(0);
        Assert.Empty(cold.Logged(NoRoom));
        var next = cold.RefusalOfAsync(value);
        await held.WaitingAsync(1);
        await held.ReleaseAsync();

        Assert.Equal(PersonalAccessTokenRefusal.None, await next.WaitAsync(TestDeadline.Limit));
        Assert.Equal(1, cold.Hashes);
    }

    [Fact]
    public async Task Who_comes_right_after_everybody_left_does_not_share_what_they_gave_up()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (token, value) = await application.IssueAsync();
        var stored = await application.ReadAsync(token.Id);
        var held = await HeldHashRoom.HoldAsync(cold);
        var waiting = new List<Task<SecretVerdict>>();
        for (var round = 0; round < 50; round++)
        {
            var wrong = PersonalAccessTokenFormat.Create("pat", token.Id);
            using var leaving = new CancellationTokenSource();
            var left = ProveAsync(cold, stored, wrong, leaving.Token);
            await LeaveAsync(left, leaving);
            waiting.Add(ProveAsync(cold, stored, wrong));
        }

        await held.ReleaseAsync();

        Assert.All(await Task.WhenAll(waiting).WaitAsync(TestDeadline.Limit), verdict => Assert.Equal(SecretVerdict.Mismatch, verdict));
        Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(value));
    }

    [Fact]
    public async Task A_hash_that_finds_no_place_in_five_seconds_refuses_nobody_and_the_next_one_works()
    {
        await using var application = await TokenApplication.CreateAsync();
        await using var cold = application.AddNode();
        var (_, value) = await application.IssueAsync();
        var held = await HeldHashRoom.HoldAsync(cold);

        var presentations = Enumerable.Range(0, 3).Select(_ => cold.Manager.VerifyAsync(value)).ToList();
        foreach (var presentation in presentations)
        {
            await Assert.ThrowsAsync<PersonalAccessTokenUnavailableException>(() => presentation.WaitAsync(TestDeadline.Limit));
        }

        await held.ReleaseAsync();
        Assert.Equal(PersonalAccessTokenRefusal.None, await cold.RefusalOfAsync(value));
        Assert.InRange(cold.Logged(NoRoom).Count, 1, 3);
    }

    private static async Task LeaveAsync(Task caller, CancellationTokenSource leaving)
    {
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => caller.WaitAsync(TestDeadline.Limit));
    }
}
