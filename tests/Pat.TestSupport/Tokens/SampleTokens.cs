namespace Pat.TestSupport;

/// <summary>Makes tokens as a manager would, complete and different from each other; a later one has a greater id.</summary>
public static class SampleTokens
{
    /// <summary>A moment to begin at, to the microsecond.</summary>
    public static readonly DateTimeOffset Start = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddMicroseconds(123_456);

    /// <summary>The inactivity period that <see cref="At"/> judges with: 30 days.</summary>
    public static readonly TimeSpan InactivityPeriod = TimeSpan.FromDays(30);

    private static int _count;

    /// <summary>A token of <paramref name="owner"/> that is usable at <see cref="Start"/> and for 30 days after; <paramref name="change"/> makes it something else.</summary>
    public static PersonalAccessToken Create(string owner, Action<PersonalAccessToken>? change = null)
    {
        var number = Interlocked.Increment(ref _count);
        var token = new PersonalAccessToken
        {
            Id = Guid.CreateVersion7(Start.AddMilliseconds(number)),
            OwnerId = owner,
            Name = $"token {number}",
            Scopes = ["read", "write"],
            SecretHash = $"$sha256${number:x8}",
            SecretTag = BitConverter.GetBytes((long)number),
            SecretCreatedAt = Start,
            CreatedAt = Start,
            UpdatedAt = Start,
            Version = 1,
        };
        change?.Invoke(token);
        return token;
    }

    /// <summary>The rule that judges tokens, as of <paramref name="now"/>.</summary>
    public static PersonalAccessTokenUsability At(DateTimeOffset now) => new(now, InactivityPeriod);

    /// <summary>A copy that shares nothing with <paramref name="token"/>, changed by <paramref name="change"/>.</summary>
    public static PersonalAccessToken Copy(PersonalAccessToken token, Action<PersonalAccessToken>? change = null)
    {
        var copy = new PersonalAccessToken
        {
            Id = token.Id,
            OwnerId = token.OwnerId,
            Name = token.Name,
            Scopes = [.. token.Scopes],
            SecretHash = token.SecretHash,
            SecretTag = [.. token.SecretTag],
            SecretCreatedAt = token.SecretCreatedAt,
            PreviousSecretHash = token.PreviousSecretHash,
            PreviousSecretTag = token.PreviousSecretTag?.ToArray(),
            PreviousSecretExpiresAt = token.PreviousSecretExpiresAt,
            OwnerStamp = token.OwnerStamp?.ToArray(),
            CreatedAt = token.CreatedAt,
            UpdatedAt = token.UpdatedAt,
            ExpiresAt = token.ExpiresAt,
            LastUsedAt = token.LastUsedAt,
            LastUsedAddress = token.LastUsedAddress,
            RevokedAt = token.RevokedAt,
            RevokedReason = token.RevokedReason,
            Version = token.Version,
        };
        change?.Invoke(copy);
        return copy;
    }
}
