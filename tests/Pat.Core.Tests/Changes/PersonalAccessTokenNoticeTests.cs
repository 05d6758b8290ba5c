using Pat.TestSupport;

namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenNoticeTests
{
    private static readonly PersonalAccessTokenNode Node = new();

    public static TheoryData<PersonalAccessTokenChange> Changes =>
    [
        PersonalAccessTokenChange.OfToken(Guid.Parse("019ab7d4-1c2f-7a3b-8c4d-0123456789ab")),
        PersonalAccessTokenChange.OfOwner("alice"),
        PersonalAccessTokenChange.OfOwner(" a b  c "),
        PersonalAccessTokenChange.OfOwner("jürgen@例え.jp"),
        PersonalAccessTokenChange.Everything,
    ];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_change_is_read_as_it_was_written(PersonalAccessTokenChange change)
    {
        var sentAt = SampleTokens.Start.AddTicks(10);

        Assert.True(PersonalAccessTokenNotice.TryParse(
            PersonalAccessTokenNotice.OfChange(Node, change, sentAt).ToString(), out var notice));

        Assert.Equal((sentAt, Node.Id, change, null), (notice.SentAt, notice.NodeId, notice.Change, notice.Heartbeat));
    }

    [Fact]
    public void A_heartbeat_is_read_as_it_was_written()
    {
        Assert.True(PersonalAccessTokenNotice.TryParse(
            PersonalAccessTokenNotice.OfHeartbeat(Node, 17, SampleTokens.Start).ToString(), out var notice));

        Assert.Equal((SampleTokens.Start, Node.Id, null, 17), (notice.SentAt, notice.NodeId, notice.Change, notice.Heartbeat));
    }

    [Fact]
    public void A_database_can_put_its_own_time_before_the_rest()
    {
        var notice = PersonalAccessTokenNotice.OfChange(Node, PersonalAccessTokenChange.OfOwner("alice"), SampleTokens.Start);

        Assert.Equal($" {Node.Id} o alice", notice.TextAfterTime);
        Assert.True(PersonalAccessTokenNotice.TryParse("1795500000000001" + notice.TextAfterTime, out var read));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(17955000000000010), read.SentAt);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 node")]
    [InlineData("1 node ")]
    [InlineData("1  o alice")]
    [InlineData("x node o alice")]
    [InlineData("-1 node o alice")]
    [InlineData("+1 node o alice")]
    [InlineData("9223372036854775807 node o alice")]
    [InlineData("99999999999999999999 node o alice")]
    [InlineData("1 node o")]
    [InlineData("1 node o ")]
    [InlineData("1 node t")]
    [InlineData("1 node t 02yKUjeeHYIuIrXSJxcLq")]
    [InlineData("1 node t 02yKUjeeHYIuIrXSJxcLqg ")]
    [InlineData("1 node t zzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("1 node -")]
    [InlineData("1 node - x")]
    [InlineData("1 node * x")]
    [InlineData("1 node x y")]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(PersonalAccessTokenNotice.TryParse(text, out var notice));
        Assert.Null(notice);
    }

    [Fact]
    public void Nodes_have_names_of_their_own() => Assert.NotEqual(new PersonalAccessTokenNode().Id, new PersonalAccessTokenNode().Id);
}
