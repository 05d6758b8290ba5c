using System.Security.Claims;

namespace Pat.AspNetCore;

/// <summary>
/// The identity of one request with a token. A claim is made when it is first handed out, and all of them when the identity
/// is changed: most requests look at one or two, and what they do to those concerns no other request.
/// </summary>
/// <remarks>
/// <see cref="ClaimsIdentity"/> copies another one by its private list. Clone, writing and <c>new ClaimsIdentity(identity)</c>
/// fill that before; a copy that names an authentication type of its own gives no sign of itself. So the list has the
/// token's id from the beginning: whatever is made of this identity is known as a token's, and has no scope that it did not copy.
/// </remarks>
internal sealed class TokenIdentity : ClaimsIdentity
{
    private const int TokenIdIndex = 0;
    private const int OwnerIndex = 1;
    private const int MethodIndex = 2;
    private const int FirstScopeIndex = 3;

    private readonly TokenState _state;
    private readonly Claim[] _ownerClaims;
    private readonly PersonalAccessTokenAuthenticationOptions _options;
    private readonly Claim _tokenId;
    private Claim? _owner;
    private Claim?[]? _others;
    private volatile bool _isFilled;

    public TokenIdentity(
        TokenState state, string tokenId, Claim[] ownerClaims, string scheme, PersonalAccessTokenAuthenticationOptions options)
        : base(scheme, options.NameClaimType, options.RoleClaimType)
    {
        _state = state;
        _ownerClaims = ownerClaims;
        _options = options;
        _tokenId = Create(PersonalAccessTokenClaimTypes.TokenId, tokenId);
        base.AddClaim(_tokenId);
    }

    /// <summary>Whether it is an identity of that token.</summary>
    public bool IsOf(TokenState token) => ReferenceEquals(_state, token) || _state.Id == token.Id;

    public override IEnumerable<Claim> Claims => _isFilled ? base.Claims : MakeAll();

    /// <inheritdoc/>
    public override string? AuthenticationType
    {
        get
        {
            // A copy of this identity asks for it just before it copies the list.
            Fill();
            return base.AuthenticationType;
        }
    }

    private Claim?[] Others =>
        _others ?? Interlocked.CompareExchange(ref _others, new Claim?[Count - MethodIndex], null) ?? _others;

    private int Count => FirstScopeIndex + _state.Scopes.Length + _ownerClaims.Length;

    public override Claim? FindFirst(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (_isFilled)
        {
            return base.FindFirst(type);
        }

        for (var i = 0; i < Count; i++)
        {
            if (IsOfType(i, type))
            {
                return Make(i);
            }
        }

        return null;
    }

    public override Claim? FindFirst(Predicate<Claim> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return Claims.FirstOrDefault(claim => match(claim));
    }

    public override IEnumerable<Claim> FindAll(string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return _isFilled ? base.FindAll(type) : Enumerable.Range(0, Count).Where(i => IsOfType(i, type)).Select(Make);
    }

    public override IEnumerable<Claim> FindAll(Predicate<Claim> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return Claims.Where(claim => match(claim));
    }

    public override bool HasClaim(string type, string value)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(value);
        if (_isFilled)
        {
            return base.HasClaim(type, value);
        }

        for (var i = 0; i < Count; i++)
        {
            if (IsOfType(i, type) && ValueAt(i) == value)
            {
                return true;
            }
        }

        return false;
    }

    public override bool HasClaim(Predicate<Claim> match) => FindFirst(match) is not null;

    public override void AddClaim(Claim claim)
    {
        Fill();
        base.AddClaim(claim);
    }

    public override void AddClaims(IEnumerable<Claim?> claims)
    {
        Fill();
        base.AddClaims(claims);
    }

    public override bool TryRemoveClaim(Claim? claim)
    {
        Fill();
        return base.TryRemoveClaim(claim);
    }

    public override void RemoveClaim(Claim? claim)
    {
        Fill();
        base.RemoveClaim(claim);
    }

    public override ClaimsIdentity Clone()
    {
        Fill();
        return base.Clone();
    }

    public override void WriteTo(BinaryWriter writer)
    {
        Fill();
        base.WriteTo(writer);
    }

    private bool IsOfType(int index, string type) => string.Equals(TypeAt(index), type, StringComparison.OrdinalIgnoreCase);

    private string TypeAt(int index) => index switch
    {
        TokenIdIndex => PersonalAccessTokenClaimTypes.TokenId,
        OwnerIndex => _options.OwnerIdClaimType,
        MethodIndex => PersonalAccessTokenClaimTypes.AuthenticationMethod,
        _ when index < FirstScopeIndex + _state.Scopes.Length => PersonalAccessTokenClaimTypes.Scope,
        _ => _ownerClaims[index - FirstScopeIndex - _state.Scopes.Length].Type,
    };

    private string ValueAt(int index) => index switch
    {
        TokenIdIndex => _tokenId.Value,
        OwnerIndex => _state.OwnerId,
        MethodIndex => PersonalAccessTokenClaimTypes.TokenMethod,
        _ when index < FirstScopeIndex + _state.Scopes.Length => _state.Scopes[index - FirstScopeIndex],
        _ => _ownerClaims[index - FirstScopeIndex - _state.Scopes.Length].Value,
    };

    private IEnumerable<Claim> MakeAll()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Make(i);
        }
    }

    /// <summary>The claim at an index: the same one whenever it is asked for.</summary>
    private Claim Make(int index) => index switch
    {
        TokenIdIndex => _tokenId,
        OwnerIndex => Make(index, ref _owner),
        _ => Make(index, ref Others[index - MethodIndex]),
    };

    private Claim Make(int index, ref Claim? made)
    {
        if (Volatile.Read(ref made) is { } known)
        {
            return known;
        }

        var owners = index - FirstScopeIndex - _state.Scopes.Length;
        var claim = owners >= 0 ? _ownerClaims[owners].Clone(this) : Create(TypeAt(index), ValueAt(index));
        return Interlocked.CompareExchange(ref made, claim, null) ?? claim;
    }

    private Claim Create(string type, string value) =>
        new(type, value, ClaimValueTypes.String, DefaultIssuer, DefaultIssuer, this);

    /// <summary>Makes an ordinary identity of it, for whoever changes or copies it.</summary>
    private void Fill()
    {
        lock (Others)
        {
            if (!_isFilled)
            {
                base.AddClaims(MakeAll().Skip(OwnerIndex));
                _isFilled = true;
            }
        }
    }
}
