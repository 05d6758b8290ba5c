using System.Linq.Expressions;

namespace Pat;

/// <summary>
/// The one rule that decides what state a token is in at a moment. Authentication, listing, editing and clean-up all
/// ask it: in memory through <see cref="StatusOf"/>, in a database through the expressions. A proven token is asked the same of
/// its times alone, which are laid out for that and held to the rule by tests.
/// </summary>
/// <param name="now">The moment to judge at.</param>
/// <param name="inactivityPeriod">How long a token may stay unused: <see cref="PersonalAccessTokenOptions.InactivityPeriod"/>.</param>
public readonly struct PersonalAccessTokenUsability(DateTimeOffset now, TimeSpan inactivityPeriod)
{
    private static readonly Expression<Func<PersonalAccessToken, PersonalAccessTokenUsability, PersonalAccessTokenStatus>> Rule =
        (token, at) =>
            token.RevokedAt != null ? PersonalAccessTokenStatus.Revoked
            : token.ExpiresAt != null && token.ExpiresAt <= at.Now ? PersonalAccessTokenStatus.Expired
            : (token.LastUsedAt ?? token.CreatedAt) <= at.UnusedSince ? PersonalAccessTokenStatus.Inactive
            : PersonalAccessTokenStatus.Active;

    private static readonly Func<PersonalAccessToken, PersonalAccessTokenUsability, PersonalAccessTokenStatus> Judge =
        Rule.Compile();

    /// <summary>The moment that is judged at.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>A token last used (or, never used, created) at or before this moment is inactive.</summary>
    public DateTimeOffset UnusedSince { get; } = now - inactivityPeriod;

    /// <summary>The state <paramref name="token"/> is in.</summary>
    public PersonalAccessTokenStatus StatusOf(PersonalAccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Judge(token, this);
    }

    /// <summary>Whether <paramref name="token"/> works.</summary>
    public bool IsUsable(PersonalAccessToken token) => StatusOf(token) == PersonalAccessTokenStatus.Active;

    /// <summary>The same, for who judges a token again and again.</summary>
    internal bool IsUsable(in TokenTimes times) => times.EndUtcTicks > Now.UtcTicks && times.LastActiveUtcTicks > UnusedSince.UtcTicks;

    /// <summary>Whether the secret before the last rotation of <paramref name="token"/> still works beside the current one.</summary>
    public bool IsPreviousSecretInForce(PersonalAccessToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return token.PreviousSecretTag is not null && token.PreviousSecretExpiresAt > Now;
    }

    /// <summary>The tokens in state <paramref name="status"/>, as a condition to ask a database for.</summary>
    public Expression<Func<PersonalAccessToken, bool>> Is(PersonalAccessTokenStatus status) =>
        Expression.Lambda<Func<PersonalAccessToken, bool>>(
            Expression.Equal(
                new Substitution(Rule.Parameters[1], Expression.Constant(this)).Visit(Rule.Body),
                Expression.Constant(status)),
            Rule.Parameters[0]);

    /// <summary>
    /// The tokens that may be removed, as a condition to ask a database for: revoked or expired for
    /// <paramref name="retention"/>, or neither and inactive for <paramref name="inactiveRetention"/>.
    /// </summary>
    public Expression<Func<PersonalAccessToken, bool>> IsRemovable(TimeSpan retention, TimeSpan inactiveRetention)
    {
        var (now, endedBefore, unusedSince) = (Now, Now - retention, UnusedSince - inactiveRetention);

        return token =>
            token.RevokedAt != null ? token.RevokedAt <= endedBefore
            : token.ExpiresAt != null && token.ExpiresAt <= now ? token.ExpiresAt <= endedBefore
            : (token.LastUsedAt ?? token.CreatedAt) <= unusedSince;
    }

    private sealed class Substitution(ParameterExpression parameter, Expression value) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == parameter ? value : node;
    }
}
