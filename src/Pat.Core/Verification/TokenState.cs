namespace Pat;

/// <summary>
/// What a read found about a token and its owner. It is kept and shared by requests, so it never changes, and what leaves
/// it is a copy. It has no hashes: those are of use only until a secret is proven.
/// </summary>
internal sealed class TokenState
{
    // What nearly every presentation asks for stands in the state itself: the token is far away from it in memory.
    private readonly ulong? _tag;
    private readonly TokenTimes _times;
    private readonly PersonalAccessToken _token;
    private readonly int _tokenStripe;
    private readonly int _ownerStripe;
    private object? _prepared;
    private object? _preparedForPrevious;

    /// <summary>Takes <paramref name="token"/> over: it must not be used elsewhere afterwards.</summary>
    public TokenState(
        PersonalAccessToken token,
        PersonalAccessTokenOwner? owner,
        PersonalAccessTokenRefusal ownerRefusal,
        ScopeGrant grant,
        ReadMoment read)
    {
        _tag = SecretDigest.ReadTag(token.SecretTag);
        _times = new TokenTimes(token);
        OwnerId = token.OwnerId;
        token.SecretTag = [];
        token.SecretHash = "";
        token.PreviousSecretHash = null;
        token.OwnerStamp = null;
        token.Scopes = grant.Held;
        _token = token;
        Owner = owner;
        OwnerRefusal = ownerRefusal;
        Scopes = grant.Expanded;
        Read = read;
        _tokenStripe = ChangeCounters.StripeOf(token.Id);
        _ownerStripe = ChangeCounters.StripeOf(token.OwnerId);
    }

    public Guid Id => _token.Id;

    public string OwnerId { get; }

    public DateTimeOffset? ExpiresAt => _token.ExpiresAt;

    public DateTimeOffset? LastUsedAt => _token.LastUsedAt;

    public PersonalAccessTokenOwner? Owner { get; }

    /// <summary>What the token may do, implied scopes included.</summary>
    public string[] Scopes { get; }

    public ReadMoment Read { get; }

    private PersonalAccessTokenRefusal OwnerRefusal { get; }

    /// <summary>What another layer made of this state for presentations of the current secret, to make it once.</summary>
    public ref object? Prepared => ref _prepared;

    /// <summary>The same for the secret before the last rotation.</summary>
    public ref object? PreparedForPrevious => ref _preparedForPrevious;

    /// <summary>Whether nothing changed on this node since it was read.</summary>
    public bool IsCurrent(ChangeCounters counters) => counters.IsCurrent(Read.Number, _tokenStripe, _ownerStripe);

    /// <summary>What speaks against a presentation of <paramref name="digest"/>, its hash aside.</summary>
    /// <param name="digest">Of what was presented.</param>
    /// <param name="at">The moment to judge at.</param>
    /// <param name="isPrevious">Whether it can be the secret before the last rotation only.</param>
    public PersonalAccessTokenRefusal Judge(in SecretDigest digest, in PersonalAccessTokenUsability at, out bool isPrevious) =>
        Judge(digest.Tag, at, out isPrevious);

    /// <summary>What speaks against a token that was accepted before: its secret, its scopes, or what speaks against any.</summary>
    /// <param name="accepted">The state in which it was accepted.</param>
    /// <param name="wasPrevious">Whether that was for the secret before the last rotation.</param>
    /// <param name="at">The moment to judge at.</param>
    /// <param name="isPrevious">Whether it is that now.</param>
    public PersonalAccessTokenRefusal JudgeAgain(
        TokenState accepted, bool wasPrevious, in PersonalAccessTokenUsability at, out bool isPrevious)
    {
        isPrevious = false;
        if ((wasPrevious ? SecretDigest.ReadTag(accepted._token.PreviousSecretTag) : accepted._tag) is not { } tag)
        {
            return PersonalAccessTokenRefusal.WrongSecret;
        }

        // States of a token share their scopes, mostly, where those are the same.
        var refusal = Judge(tag, at, out isPrevious);
        return refusal == PersonalAccessTokenRefusal.None
            && !ReferenceEquals(accepted.Scopes, Scopes)
            && accepted.Scopes.Except(Scopes).Any()
            ? PersonalAccessTokenRefusal.ScopesReduced
            : refusal;
    }

    private PersonalAccessTokenRefusal Judge(ulong tag, in PersonalAccessTokenUsability at, out bool isPrevious)
    {
        isPrevious = tag != _tag;
        if (!isPrevious && at.IsUsable(_times))
        {
            return OwnerRefusal;
        }

        if (isPrevious && !(at.IsPreviousSecretInForce(_token) && tag == SecretDigest.ReadTag(_token.PreviousSecretTag)))
        {
            return PersonalAccessTokenRefusal.WrongSecret;
        }

        return at.StatusOf(_token) switch
        {
            PersonalAccessTokenStatus.Active => OwnerRefusal,
            PersonalAccessTokenStatus.Expired => PersonalAccessTokenRefusal.Expired,
            PersonalAccessTokenStatus.Inactive => PersonalAccessTokenRefusal.Inactive,
            _ => PersonalAccessTokenRefusal.Revoked,
        };
    }

    /// <summary>Whether <paramref name="token"/>, as it is stored now, still has the secret that was current in this state.</summary>
    public bool HasSecretOf(PersonalAccessToken token) => SecretDigest.ReadTag(token.SecretTag) == _tag;

    /// <summary>The token for whoever asks: the caller's own, without what its secrets are recognised by.</summary>
    public PersonalAccessToken ToToken()
    {
        var token = _token.Copy();
        token.PreviousSecretTag = null;
        return token;
    }
}
