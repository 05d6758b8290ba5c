namespace Pat.Core.Tests;

public sealed class CachedTokenTests
{
    private static readonly Guid Id = Guid.AllBitsSet;
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    private readonly CachedToken _token = new();

    [Fact]
    public void Nothing_is_proven_at_first() => Assert.False(_token.IsProven(Draw()));

    [Fact]
    public void A_proof_counts_for_its_digest_alone()
    {
        var digest = Draw();

        _token.Prove(digest);

        Assert.True(_token.IsProven(digest));
        Assert.False(_token.IsProven(Draw()));
    }

    [Fact]
    public void The_two_newest_proofs_of_a_token_are_kept()
    {
        var (first, second, third) = (Draw(), Draw(), Draw());

        _token.Prove(first);
        _token.Prove(second);
        _token.Prove(third);

        Assert.Equal((false, true, true), (_token.IsProven(first), _token.IsProven(second), _token.IsProven(third)));
    }

    [Fact]
    public void A_proof_made_twice_leaves_the_other_one_in_place()
    {
        var (previous, current) = (Draw(), Draw());

        _token.Prove(previous);
        _token.Prove(current);
        _token.Prove(current);
        _token.Prove(previous);

        Assert.Equal((true, true), (_token.IsProven(previous), _token.IsProven(current)));
    }

    [Theory]
    [InlineData(0, 999, false)]
    [InlineData(0, 1_000, true)]
    [InlineData(999, 999, false)]
    [InlineData(2_000, 1_999, false)]
    [InlineData(2_000, 2_000, true)]
    public void A_use_is_noted_once_for_each_resolution_but_no_more_than_once_a_second(int resolution, int later, bool isNoted)
    {
        Assert.True(_token.TryNoteUse(Now, UsedAt(null), TimeSpan.FromMilliseconds(resolution)));

        Assert.Equal(isNoted, _token.TryNoteUse(Now.AddMilliseconds(later), UsedAt(null), TimeSpan.FromMilliseconds(resolution)));
    }

    [Theory]
    [InlineData(4_999, false)]
    [InlineData(5_000, true)]
    public void A_use_that_another_node_noted_counts_too(int later, bool isNoted) =>
        Assert.Equal(isNoted, _token.TryNoteUse(Now.AddMilliseconds(later), UsedAt(Now), TimeSpan.FromSeconds(5)));

    [Fact]
    public void Of_the_states_that_are_offered_the_one_whose_read_was_sent_last_stays()
    {
        var (first, second, third) = (ReadAs(1), ReadAs(2), ReadAs(3));
        Assert.Null(_token.State);

        _token.Offer(second);
        _token.Offer(first);
        Assert.Same(second, _token.State);

        _token.Offer(third);
        Assert.Same(third, _token.State);
    }

    [Fact]
    public void It_says_in_which_round_it_was_used_last()
    {
        Assert.Equal(0, _token.UsedInRound);

        _token.MarkUsed(7);
        Assert.Equal(7, _token.UsedInRound);

        _token.MarkUsed(8);
        Assert.Equal(8, _token.UsedInRound);
    }

    private static TokenState ReadAs(long number) => new(
        new PersonalAccessToken { Id = Id, OwnerId = "owner" }, null, PersonalAccessTokenRefusal.None, new([], []), new ReadMoment(number, 0, 0));

    private static TokenState UsedAt(DateTimeOffset? lastUsed) => new(
        new PersonalAccessToken { Id = Id, OwnerId = "owner", LastUsedAt = lastUsed },
        null,
        PersonalAccessTokenRefusal.None,
        new([], []),
        default);

    private static SecretDigest Draw() => SecretDigest.Of(PersonalAccessTokenFormat.Create("pat", Id));
}
