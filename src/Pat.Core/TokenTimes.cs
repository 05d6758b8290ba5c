namespace Pat;

/// <summary>The times that decide whether a token works, apart from it: as <see cref="PersonalAccessTokenUsability"/> asks for them.</summary>
/// <param name="token">The token.</param>
internal readonly struct TokenTimes(PersonalAccessToken token)
{
    /// <summary>When it ends: never, when it expires, or long ago where it is revoked.</summary>
    public long EndUtcTicks { get; } =
        token.RevokedAt is not null ? long.MinValue : token.ExpiresAt?.UtcTicks ?? long.MaxValue;

    /// <summary>When it was last used, or created.</summary>
    public long LastActiveUtcTicks { get; } = (token.LastUsedAt ?? token.CreatedAt).UtcTicks;
}
