using System.Security.Claims;

namespace Pat;

/// <summary>A user who owns tokens, as the application knows them at the moment.</summary>
public sealed class PersonalAccessTokenOwner
{
    /// <summary>The user's id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the user may act. The tokens of one who may not are refused. Default: true.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Changes whenever the user's credentials do, or null where the application keeps no such thing.</summary>
    public string? SecurityStamp { get; init; }

    /// <summary>The claims that a principal of this user has besides its id: name, roles and the like.</summary>
    public IReadOnlyList<Claim> Claims { get; init; } = [];

    /// <summary>The same, claims and all, without the stamp.</summary>
    internal PersonalAccessTokenOwner WithoutStamp() =>
        SecurityStamp is null ? this : new() { Id = Id, IsActive = IsActive, Claims = Claims };

    /// <summary>The same for whoever may change its claims: a claim's properties can be written to.</summary>
    internal PersonalAccessTokenOwner Copy() => new()
    {
        Id = Id,
        IsActive = IsActive,
        SecurityStamp = SecurityStamp,
        Claims = [.. Claims.Select(static claim => claim.Clone())],
    };
}
