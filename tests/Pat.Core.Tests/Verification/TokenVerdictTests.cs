namespace Pat.Core.Tests;

/// <summary>Who is told more than that a token is invalid: whoever has the secret, or had it a moment ago.</summary>
public sealed class TokenVerdictTests
{
    [Theory]
    [InlineData(PersonalAccessTokenRefusal.UnknownId, false)]
    [InlineData(PersonalAccessTokenRefusal.WrongSecret, false)]
    [InlineData(PersonalAccessTokenRefusal.UnreadableHash, true)]
    [InlineData(PersonalAccessTokenRefusal.Expired, true)]
    [InlineData(PersonalAccessTokenRefusal.Revoked, true)]
    [InlineData(PersonalAccessTokenRefusal.Inactive, true)]
    [InlineData(PersonalAccessTokenRefusal.OwnerDisabled, true)]
    [InlineData(PersonalAccessTokenRefusal.OwnerStampChanged, true)]
    public void A_refusal_says_whether_the_secret_was_presented(PersonalAccessTokenRefusal refusal, bool holdsSecret)
    {
        var verdict = TokenVerdict.Refused(Guid.AllBitsSet, refusal, VerdictSource.Store);

        Assert.Equal((refusal, Guid.AllBitsSet, holdsSecret), (verdict.Refusal, verdict.Id, verdict.HoldsSecret));
        Assert.Equal((null, null, false), (verdict.Token, verdict.State, verdict.IsPreviousSecret));
    }

    [Fact]
    public void A_malformed_value_names_no_token_and_has_no_secret()
    {
        var verdict = TokenVerdict.Malformed;

        Assert.Equal(
            (PersonalAccessTokenRefusal.Malformed, null, false, false),
            (verdict.Refusal, verdict.Id, verdict.HoldsSecret, verdict.IsPreviousSecret));
    }
}
