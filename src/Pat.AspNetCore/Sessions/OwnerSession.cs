namespace Pat.AspNetCore;

/// <summary>Who a signed-in user is as an owner of tokens.</summary>
/// <param name="State">Whether the user may manage them now.</param>
/// <param name="OwnerId">The user's id where <paramref name="State"/> is <see cref="OwnerSessionState.Current"/>, else null.</param>
internal readonly record struct OwnerSession(OwnerSessionState State, string? OwnerId);
