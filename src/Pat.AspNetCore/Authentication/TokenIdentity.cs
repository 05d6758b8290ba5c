using System.Security.Claims;

namespace Pat.AspNetCore;

/// <summary>
/// The identity of one request with a token. A claim is made when it is first handed out, and all of them when the identity
/// is changed: most requests look at one or two, and what they do to those concerns no other request.
/// </summary>
/// <remarks>
/// <see cref="ClaimsIdentity"/> copies another one by its private list, which is empty here at first. Clone, writing and
/// <c>new ClaimsIdentity(identity)</c> fill it before; a copy that names an authentication type of its own gives no sign of
/// itself and has none of the claims.
/// </remarks>
internal sealed class TokenIdentity(
    TokenState state, Claim[] ownerClaims, string scheme, PersonalAccessTokenAuthenticationOptions options)
    : ClaimsIdentity(scheme, options.NameClaimType, options.RoleClaimType)
{
    private const int OwnerIndex = 0;
    private const int TokenIdIndex = 1;
    private const int MethodIndex = 2;
    private const int FirstScopeIndex = 3;

    private Claim?[]? _made;
    private volatile bool _isFilled;

    public Guid TokenId => state.Id;

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

    private Claim?[] MadeClaims => _made ?? Interlocked.CompareExchange(ref _made, new Claim?[Count], null) ?? _made;

    private int Count => FirstScopeIndex + state.Scopes.Length + ownerClaims.Length;

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
        OwnerIndex => options.OwnerIdClaimType,
        TokenIdIndex => PersonalAccessTokenClaimTypes.TokenId,
        MethodIndex => PersonalAccessTokenClaimTypes.AuthenticationMethod,
        _ when index < FirstScopeIndex + state.Scopes.Length => PersonalAccessTokenClaimTypes.Scope,
        _ => ownerClaims[index - FirstScopeIndex - state.Scopes.Length].Type,
    };

    private string ValueAt(int index) => index switch
    {
        OwnerIndex => state.OwnerId,
        TokenIdIndex => PersonalAccessTokenFormat.FormatId(state.Id),
        MethodIndex => PersonalAccessTokenClaimTypes.TokenMethod,
        _ when index < FirstScopeIndex + state.Scopes.Length => state.Scopes[index - FirstScopeIndex],
        _ => ownerClaims[index - FirstScopeIndex - state.Scopes.Length].Value,
    };

    private IEnumerable<Claim> MakeAll()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return Make(i);
        }
    }

    /// <summary>The claim at an index: the same one whenever it is asked for.</summary>
    private Claim Make(int index)
    {
        var made = MadeClaims;
        if (Volatile.Read(ref made[index]) is { } known)
        {
            return known;
        }

        var owners = index - FirstScopeIndex - state.Scopes.Length;
        var claim = owners >= 0
            ? ownerClaims[owners].Clone(this)
            : new Claim(TypeAt(index), ValueAt(index), ClaimValueTypes.String, DefaultIssuer, DefaultIssuer, this);
        return Interlocked.CompareExchange(ref made[index], claim, null) ?? claim;
    }

    /// <summary>Makes an ordinary identity of it, for whoever changes or copies it.</summary>
    private void Fill()
    {
        lock (MadeClaims)
        {
            if (!_isFilled)
            {
                base.AddClaims(MakeAll());
                _isFilled = true;
            }
        }
    }
}
