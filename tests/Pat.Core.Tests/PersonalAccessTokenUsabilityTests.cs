using System.Linq.Expressions;

namespace Pat.Core.Tests;

public sealed class PersonalAccessTokenUsabilityTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan InactivityPeriod = TimeSpan.FromDays(30);
    private static readonly PersonalAccessTokenUsability Usability = new(Now, InactivityPeriod);

    /// <summary>Offsets from now in microseconds: null stands for never. Created and last used are offsets from the inactivity bound.</summary>
    public static TheoryData<long, long?, long?, long?, PersonalAccessTokenStatus> States => new()
    {
        // created, last used, expires, revoked
        { 1, null, null, null, PersonalAccessTokenStatus.Active },
        { 0, null, null, null, PersonalAccessTokenStatus.Inactive },
        { -1, null, null, null, PersonalAccessTokenStatus.Inactive },
        { -1, 1, null, null, PersonalAccessTokenStatus.Active },
        { -1, 0, null, null, PersonalAccessTokenStatus.Inactive },
        { 1, null, 1, null, PersonalAccessTokenStatus.Active },
        { 1, null, 0, null, PersonalAccessTokenStatus.Expired },
        { 1, null, -1, null, PersonalAccessTokenStatus.Expired },
        { 0, null, 0, null, PersonalAccessTokenStatus.Expired },
        { 0, null, 1, null, PersonalAccessTokenStatus.Inactive },
        { 1, 1, 1, -1, PersonalAccessTokenStatus.Revoked },
        { 1, 1, 1, 1, PersonalAccessTokenStatus.Revoked },
        { 0, 0, 0, 0, PersonalAccessTokenStatus.Revoked },
    };

    [Theory, MemberData(nameof(States))]
    public void A_token_is_in_the_state_that_its_times_say(
        long created, long? lastUsed, long? expires, long? revoked, PersonalAccessTokenStatus expected)
    {
        var token = new PersonalAccessToken
        {
            CreatedAt = At(created, Now - InactivityPeriod)!.Value,
            LastUsedAt = At(lastUsed, Now - InactivityPeriod),
            ExpiresAt = At(expires, Now),
            RevokedAt = At(revoked, Now),
        };

        Assert.Equal(expected, Usability.StatusOf(token));
        Assert.Equal(expected == PersonalAccessTokenStatus.Active, Usability.IsUsable(token));
        Assert.Equal(expected == PersonalAccessTokenStatus.Active, Usability.IsUsable(new TokenTimes(token)));
        Assert.All(
            Enum.GetValues<PersonalAccessTokenStatus>(),
            status => Assert.Equal(status == expected, Usability.Is(status).Compile()(token)));
    }

    [Fact]
    public void The_rule_asks_for_nothing_that_TokenTimes_does_not_know()
    {
        var read = new ReadProperties();
        read.Visit(Usability.Is(PersonalAccessTokenStatus.Active));

        // What is added here is added to TokenTimes, by which a token in memory is judged, and to the states above.
        Assert.Equal(["CreatedAt", "ExpiresAt", "LastUsedAt", "RevokedAt"], read.Names);
    }

    [Theory]
    [InlineData(1L, true)]
    [InlineData(0L, false)]
    [InlineData(-1L, false)]
    [InlineData(null, false)]
    public void The_previous_secret_works_up_to_the_end_of_its_overlap(long? end, bool isInForce) =>
        Assert.Equal(isInForce, Usability.IsPreviousSecretInForce(
            new PersonalAccessToken { PreviousSecretTag = new byte[8], PreviousSecretExpiresAt = At(end, Now) }));

    [Fact]
    public void A_token_without_a_previous_secret_has_none_in_force() =>
        Assert.False(Usability.IsPreviousSecretInForce(new PersonalAccessToken { PreviousSecretExpiresAt = Now.AddDays(1) }));

    /// <summary>Days of age: retention is 90 days, that of inactive tokens 7, after 30 without use.</summary>
    [Theory]
    [InlineData(36.9, null, null, null, false)]
    [InlineData(37.0, null, null, null, true)]
    [InlineData(400.0, 36.9, null, null, false)]
    [InlineData(400.0, 37.0, null, null, true)]
    [InlineData(400.0, 400.0, 89.9, null, false)]
    [InlineData(400.0, 400.0, 90.0, null, true)]
    [InlineData(400.0, 400.0, 400.0, 89.9, false)]
    [InlineData(400.0, 400.0, 400.0, 90.0, true)]
    [InlineData(400.0, 0.0, -1.0, 90.0, true)]
    [InlineData(400.0, 0.0, -1.0, null, false)]
    public void A_token_may_be_removed_when_its_retention_has_passed(
        double created, double? lastUsed, double? expired, double? revoked, bool isRemovable)
    {
        var token = new PersonalAccessToken
        {
            CreatedAt = Now.AddDays(-created),
            LastUsedAt = lastUsed is { } unusedFor ? Now.AddDays(-unusedFor) : null,
            ExpiresAt = expired is { } expiredFor ? Now.AddDays(-expiredFor) : null,
            RevokedAt = revoked is { } revokedFor ? Now.AddDays(-revokedFor) : null,
        };

        Assert.Equal(isRemovable, Usability.IsRemovable(TimeSpan.FromDays(90), TimeSpan.FromDays(7)).Compile()(token));
    }

    private static DateTimeOffset? At(long? microseconds, DateTimeOffset from) =>
        microseconds is { } offset ? from.AddMicroseconds(offset) : null;

    private sealed class ReadProperties : ExpressionVisitor
    {
        public SortedSet<string> Names { get; } = new(StringComparer.Ordinal);

        protected override Expression VisitMember(MemberExpression node)
        {
            if (node.Member.DeclaringType == typeof(PersonalAccessToken))
            {
                Names.Add(node.Member.Name);
            }

            return base.VisitMember(node);
        }
    }
}
