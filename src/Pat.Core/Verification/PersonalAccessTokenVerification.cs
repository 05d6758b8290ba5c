using System.Diagnostics.CodeAnalysis;

namespace Pat;

/// <summary>What verifying a presented token found.</summary>
public sealed class PersonalAccessTokenVerification
{
    private PersonalAccessTokenVerification()
    {
    }

    /// <summary>Whether the token is genuine and usable.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool Succeeded => Refusal == PersonalAccessTokenRefusal.None;

    /// <summary>Why the token was refused.</summary>
    public PersonalAccessTokenRefusal Refusal { get; private init; }

    /// <summary>
    /// The id that the presented value names, or null where it is malformed. Unless <see cref="HoldsSecret"/>, whoever
    /// presented it may have made it up.
    /// </summary>
    public Guid? Id { get; private init; }

    /// <summary>
    /// Whether what was presented has the tag of a secret of the token that is in force, and no hash says otherwise, so
    /// that its holder may be told more than that it is invalid.
    /// </summary>
    public bool HoldsSecret { get; private init; }

    /// <summary>The stored token, if the presented one was accepted.</summary>
    public PersonalAccessToken? Token { get; private init; }

    /// <summary>Its owner as of now, if the token was accepted and the application has an owner source.</summary>
    public PersonalAccessTokenOwner? Owner { get; private init; }

    /// <summary>Whether it was the secret before the last rotation that was presented.</summary>
    public bool IsPreviousSecret { get; private init; }

    internal static PersonalAccessTokenVerification Malformed { get; } =
        new() { Refusal = PersonalAccessTokenRefusal.Malformed };

    internal static PersonalAccessTokenVerification Refused(Guid id, PersonalAccessTokenRefusal refusal, bool holdsSecret) =>
        new() { Id = id, Refusal = refusal, HoldsSecret = holdsSecret };

    internal static PersonalAccessTokenVerification Accepted(
        PersonalAccessToken token, PersonalAccessTokenOwner? owner, bool isPreviousSecret) =>
        new() { Id = token.Id, Token = token, Owner = owner, HoldsSecret = true, IsPreviousSecret = isPreviousSecret };
}
