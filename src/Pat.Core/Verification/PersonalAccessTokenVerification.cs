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

    /// <summary>
    /// The token, if the presented one was accepted: at most <see cref="PersonalAccessTokenOptions.MaxStaleness"/> old, without
    /// hashes, tags and stamp, and the caller's own.
    /// </summary>
    public PersonalAccessToken? Token { get; private init; }

    /// <summary>Its owner, as old as the token at most, if the token was accepted and the application has an owner source.</summary>
    public PersonalAccessTokenOwner? Owner { get; private init; }

    /// <summary>Whether it was the secret before the last rotation that was presented.</summary>
    public bool IsPreviousSecret { get; private init; }

    internal static PersonalAccessTokenVerification Of(in TokenVerdict verdict) => new()
    {
        Refusal = verdict.Refusal,
        Id = verdict.Id,
        HoldsSecret = verdict.HoldsSecret,
        Token = verdict.State?.ToToken(),
        Owner = verdict.State?.Owner?.Copy(),
        IsPreviousSecret = verdict.IsPreviousSecret,
    };
}
