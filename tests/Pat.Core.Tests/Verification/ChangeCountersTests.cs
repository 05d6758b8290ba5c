using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>What was read before a change counts no more, and what is read after it does.</summary>
public sealed class ChangeCountersTests
{
    private static readonly Guid Token = Guid.AllBitsSet;
    private static readonly Guid Other = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    private readonly ChangeCounters _counters = new();

    public static TheoryData<string, bool, bool> Changes => new()
    {
        { "token", true, true },
        { "other token", false, false },
        { "owner", true, false },
        { "other owner", false, false },
        { "everything", true, true },
    };

    [Fact]
    public void Reads_are_numbered_from_1_on_in_their_order() =>
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => _counters.NextRead()));

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_ends_what_was_read_of_it_before_and_nothing_else(string change, bool endsWithOwner, bool endsWithoutOwner)
    {
        var before = _counters.NextRead();
        Change(change);
        var after = _counters.NextRead();

        Assert.Equal(!endsWithOwner, IsCurrent(before));
        Assert.Equal(!endsWithoutOwner, _counters.IsCurrent(before, ChangeCounters.StripeOf(Token)));
        Assert.True(IsCurrent(after));
        Assert.True(_counters.IsCurrent(after, ChangeCounters.StripeOf(Token)));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_that_was_heard_of_ends_the_same(string change, bool endsWithOwner, bool endsWithoutOwner)
    {
        var before = _counters.NextRead();
        _counters.Changed(change switch
        {
            "token" => PersonalAccessTokenChange.OfToken(Token),
            "other token" => PersonalAccessTokenChange.OfToken(Other),
            "owner" => PersonalAccessTokenChange.OfOwner("alice"),
            "other owner" => PersonalAccessTokenChange.OfOwner(OtherOwner()),
            "everything" => PersonalAccessTokenChange.Everything,
            _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
        });

        Assert.Equal(!endsWithOwner, IsCurrent(before));
        Assert.Equal(!endsWithoutOwner, _counters.IsCurrent(before, ChangeCounters.StripeOf(Token)));
        Assert.True(IsCurrent(_counters.NextRead()));
    }

    [Fact]
    public void A_change_before_a_read_ends_that_read_and_all_before_it()
    {
        var (first, second, third) = (_counters.NextRead(), _counters.NextRead(), _counters.NextRead());

        _counters.EverythingChangedBefore(second);

        Assert.Equal((false, false, true), (IsCurrent(first), IsCurrent(second), IsCurrent(third)));
    }

    [Fact]
    public void What_has_ended_stays_so_whatever_ends_earlier_reads()
    {
        var (first, second) = (_counters.NextRead(), _counters.NextRead());

        _counters.EverythingChangedBefore(second);
        _counters.EverythingChangedBefore(first);

        Assert.False(IsCurrent(second));
    }

    [Fact]
    public async Task Of_changes_at_once_none_is_lost()
    {
        var before = _counters.NextRead();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                var read = _counters.NextRead();
                _counters.TokenChanged(Token);
                Assert.False(IsCurrent(read));
            }
        })));

        Assert.False(IsCurrent(before));
        Assert.True(IsCurrent(_counters.NextRead()));
    }

    [Theory]
    [InlineData("alice", "Alice")]
    [InlineData("alice", "ALICE")]
    [InlineData("alice", "alice  ")]
    [InlineData("\u00e9", "\u00c9")]
    public void Owners_that_a_database_may_take_for_equal_share_a_stripe(string one, string other) =>
        Assert.Equal(ChangeCounters.StripeOf(one), ChangeCounters.StripeOf(other));

    [Fact]
    public void Tokens_and_owners_are_spread_over_4096_stripes()
    {
        int[] tokens = [.. Enumerable.Range(0, 50_000).Select(_ => ChangeCounters.StripeOf(Guid.CreateVersion7(SampleTokens.Start)))];
        int[] owners = [.. Enumerable.Range(0, 50_000).Select(number => ChangeCounters.StripeOf($"owner {number}"))];

        Assert.All([tokens, owners], stripes =>
        {
            Assert.InRange(stripes.Distinct().Count(), 4_000, 4_096);
            Assert.Equal((0, 4_095), (stripes.Min(), stripes.Max()));
        });
    }

    private bool IsCurrent(long read) => _counters.IsCurrent(read, ChangeCounters.StripeOf(Token), ChangeCounters.StripeOf("alice"));

    private void Change(string change)
    {
        switch (change)
        {
            case "token":
                _counters.TokenChanged(Token);
                break;
            case "other token":
                _counters.TokenChanged(Other);
                break;
            case "owner":
                _counters.OwnerChanged("alice");
                break;
            case "other owner":
                _counters.OwnerChanged(OtherOwner());
                break;
            case "everything":
                _counters.EverythingChanged();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change.");
        }
    }

    /// <summary>String hashes differ from process to process, so that two names can share a stripe by chance.</summary>
    private static string OtherOwner() => Enumerable.Range(0, int.MaxValue).Select(number => $"owner {number}")
        .First(owner => ChangeCounters.StripeOf(owner) != ChangeCounters.StripeOf("alice"));
}
