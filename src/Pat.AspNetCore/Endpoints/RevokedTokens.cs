namespace Pat.AspNetCore;

/// <summary>What became of a request to revoke all of one's tokens.</summary>
/// <param name="Revoked">How many it revoked; those that were revoked before don't count.</param>
internal sealed record RevokedTokens(int Revoked);
