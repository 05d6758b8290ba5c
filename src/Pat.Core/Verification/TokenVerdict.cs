using System.Diagnostics;

namespace Pat;

/// <summary>What verifying a presented value found, for those inside: nothing is copied.</summary>
/// <param name="Refusal">Why it was refused, or that it was not.</param>
/// <param name="Id">The id that it names, or null where it is malformed.</param>
/// <param name="HoldsSecret">As <see cref="PersonalAccessTokenVerification.HoldsSecret"/>.</param>
/// <param name="Token">What this node keeps of the token, if it was accepted; null for an open connection where it keeps nothing any more.</param>
/// <param name="State">The state that it was accepted in.</param>
/// <param name="IsPreviousSecret">Whether it was accepted for its secret before the last rotation.</param>
/// <param name="Source">What it rests on.</param>
/// <param name="At">When it was accepted.</param>
internal readonly record struct TokenVerdict(
    PersonalAccessTokenRefusal Refusal, Guid? Id, bool HoldsSecret, CachedToken? Token, TokenState? State, bool IsPreviousSecret, VerdictSource Source,
    DateTimeOffset At = default)
{
    public static TokenVerdict Malformed => new(PersonalAccessTokenRefusal.Malformed, null, false, null, null, false, VerdictSource.Cache);

    public static TokenVerdict Refused(Guid id, PersonalAccessTokenRefusal refusal, VerdictSource source) =>
        new(refusal, id, IsOfHolder(refusal), null, null, false, source);

    public static TokenVerdict Accepted(
        Guid id, CachedToken? token, TokenState state, bool isPreviousSecret, VerdictSource source, DateTimeOffset at) =>
        new(PersonalAccessTokenRefusal.None, id, true, token, state, isPreviousSecret, source, at);

    /// <summary>Says in a span what was found.</summary>
    public void Describe(Activity? activity)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag(PatTags.SpanSource, PatTags.NameOf(Source));
        if (Id is { } id)
        {
            activity.SetTag(PatTags.SpanTokenId, PersonalAccessTokenFormat.FormatId(id));
        }

        if (Refusal == PersonalAccessTokenRefusal.None)
        {
            activity.SetTag(PatTags.SpanResult, PatTags.Accepted);
        }
        else
        {
            activity.SetTag(PatTags.SpanResult, PatTags.Refused).SetTag(PatTags.SpanReason, PatTags.NameOf(Refusal));
        }
    }

    /// <summary>Whether a refusal is told to one whose presentation has the tag of a secret in force.</summary>
    private static bool IsOfHolder(PersonalAccessTokenRefusal refusal) => refusal is
        PersonalAccessTokenRefusal.Expired or PersonalAccessTokenRefusal.Revoked or PersonalAccessTokenRefusal.Inactive
        or PersonalAccessTokenRefusal.OwnerDisabled or PersonalAccessTokenRefusal.OwnerStampChanged
        or PersonalAccessTokenRefusal.UnreadableHash;
}
