namespace Pat.AspNetCore;

/// <summary>Who a signed-in user is as an owner of tokens.</summary>
/// <param name="State">Whether the user may manage them now.</param>
/// <param name="Owner">The user where <paramref name="State"/> is <see cref="OwnerSessionState.Current"/>, else null.</param>
internal readonly record struct OwnerSession(OwnerSessionState State, SessionOwner? Owner = null);
