namespace Pat.Fuzz;

/// <summary>Tokens, their owners and what becomes of them, in memory, by the manual.</summary>
internal sealed class ManagerModel
{
    private static readonly string[] KnownScopes = ["read", "write"];

    public List<ModelToken> Tokens { get; } = [];

    public Dictionary<string, ModelOwner> Owners { get; } = new(StringComparer.Ordinal) { ["alice"] = new(), ["bob"] = new(), ["carol"] = new() };

    public ModelToken? Find(Guid id) => Tokens.Find(token => token.Id == id);

    /// <summary>What a creation has to answer.</summary>
    public string Create(PersonalAccessTokenCreation creation, DateTimeOffset now)
    {
        SortedSet<string> errors = new(StringComparer.Ordinal);
        CheckName(creation.Name, errors);
        CheckScopes(creation.Scopes, errors);
        CheckExpiry(creation.ExpiresAt, now, now, errors);
        if (errors.Count > 0)
        {
            return Invalid(errors);
        }

        if (creation.Id is { } id && Find(id) is not null)
        {
            return "Duplicate";
        }

        var owner = Owners[creation.OwnerId];
        return Tokens.Count(token => token.Owner == creation.OwnerId && token.IsUsableAt(now)) >= ModelOptions.MaxTokens ? Invalid([""])
            : !owner.HasSecretsLeft(now) ? "TooManySecrets"
            : !owner.IsActive ? "OwnerDisabled"
            : "None";
    }

    public void Created(PersonalAccessTokenCreation creation, Guid id, string value, DateTimeOffset now)
    {
        var owner = Owners[creation.OwnerId];
        owner.CountSecret(now);
        Tokens.Add(new ModelToken
        {
            Id = id,
            Owner = creation.OwnerId,
            Name = creation.Name!.Trim(),
            Scopes = Ordered(creation.Scopes!),
            ExpiresAt = ToMicrosecond(creation.ExpiresAt),
            CreatedAt = now,
            SecretCreatedAt = now,
            UpdatedAt = now,
            Stamp = owner.Stamp,
            Values = { value },
        });
    }

    /// <summary>What an edit has to answer; what it changes is changed.</summary>
    public static string Edit(string ownerId, ModelToken token, PersonalAccessTokenEdit edit, DateTimeOffset now)
    {
        if (Refuse(ownerId, token, edit.IfVersion, now) is { } refusal)
        {
            return refusal;
        }

        SortedSet<string> errors = new(StringComparer.Ordinal);
        if (edit.Name is not null)
        {
            CheckName(edit.Name, errors);
        }

        if (edit.Scopes is not null)
        {
            CheckScopes(edit.Scopes, errors);
        }

        if (edit.ExpiresAt is not null && ToMicrosecond(edit.ExpiresAt) != token.ExpiresAt)
        {
            CheckExpiry(edit.ExpiresAt, token.SecretCreatedAt, now, errors);
        }

        if (errors.Count > 0)
        {
            return Invalid(errors);
        }

        if (edit is { Name: null, Scopes: null, ExpiresAt: null, RemoveExpiry: false })
        {
            return "None";
        }

        token.Name = edit.Name?.Trim() ?? token.Name;
        token.Scopes = edit.Scopes is null ? token.Scopes : Ordered(edit.Scopes);
        token.ExpiresAt = edit.RemoveExpiry ? null : ToMicrosecond(edit.ExpiresAt) ?? token.ExpiresAt;
        token.UpdatedAt = now;
        token.Version++;
        return "None";
    }

    /// <summary>What a rotation has to answer.</summary>
    public string Rotate(string ownerId, ModelToken token, PersonalAccessTokenRotation rotation, DateTimeOffset now)
    {
        if (Refuse(ownerId, token, rotation.IfVersion, now) is { } refusal)
        {
            return refusal;
        }

        SortedSet<string> errors = new(StringComparer.Ordinal);
        if (rotation.Overlap < TimeSpan.Zero || rotation.Overlap > ModelOptions.MaxOverlap)
        {
            errors.Add("overlapSeconds");
        }

        CheckExpiry(rotation.ExpiresAt ?? token.ExpiresAt, now, now, errors);
        return errors.Count > 0 ? Invalid(errors)
            : !Owners[ownerId].HasSecretsLeft(now) ? "TooManySecrets"
            : !Owners[ownerId].IsActive ? "OwnerDisabled"
            : "None";
    }

    public void Rotated(ModelToken token, PersonalAccessTokenRotation rotation, string value, DateTimeOffset now)
    {
        var owner = Owners[token.Owner];
        owner.CountSecret(now);
        var expiresAt = ToMicrosecond(rotation.ExpiresAt) ?? token.ExpiresAt;
        var ends = new[] { now + rotation.Overlap, token.ExpiresAt, expiresAt };
        token.PreviousUntil = rotation.Overlap > TimeSpan.Zero && token.Stamp == owner.Stamp ? ends.Min() : null;
        (token.ExpiresAt, token.SecretCreatedAt, token.UpdatedAt, token.Stamp) = (expiresAt, now, now, owner.Stamp);
        token.Values.Add(value);
        token.Version++;
    }

    public int RevokeAll(string ownerId, Guid? except, string? reason, DateTimeOffset now)
    {
        var revoked = Tokens.Where(token => token.Owner == ownerId && token.RevokedAt is null && token.Id != except).ToList();
        revoked.ForEach(token => token.Revoke(now, reason));
        return revoked.Count;
    }

    /// <summary>Why a presented value has to be refused, or that it has not.</summary>
    public PersonalAccessTokenRefusal Present(ModelToken token, string value, DateTimeOffset now)
    {
        var isCurrent = value == token.Values[^1];
        var isPrevious = token.PreviousUntil > now && value == token.Values[^2];
        var owner = Owners[token.Owner];
        return !isCurrent && !isPrevious ? PersonalAccessTokenRefusal.WrongSecret : token.StatusAt(now) switch
        {
            PersonalAccessTokenStatus.Revoked => PersonalAccessTokenRefusal.Revoked,
            PersonalAccessTokenStatus.Expired => PersonalAccessTokenRefusal.Expired,
            PersonalAccessTokenStatus.Inactive => PersonalAccessTokenRefusal.Inactive,
            _ when !owner.IsActive => PersonalAccessTokenRefusal.OwnerDisabled,
            _ when owner.Stamp != token.Stamp => PersonalAccessTokenRefusal.OwnerStampChanged,
            _ => PersonalAccessTokenRefusal.None,
        };
    }

    /// <summary>Notes a use, unless the last one noted was a moment ago.</summary>
    public static void Use(ModelToken token, DateTimeOffset now)
    {
        if (token.LastUsedAt is null || now - token.LastUsedAt >= ModelOptions.Resolution)
        {
            token.LastUsedAt = now;
        }
    }

    public int Clean(DateTimeOffset now) => Tokens.RemoveAll(token => token.IsRemovableAt(now));

    private static string? Refuse(string ownerId, ModelToken token, long? ifVersion, DateTimeOffset now) =>
        token.Owner != ownerId ? "NotFound"
        : !token.IsUsableAt(now) ? "NotUsable"
        : ifVersion is not null && ifVersion != token.Version ? "VersionMismatch"
        : null;

    private static void CheckName(string? name, SortedSet<string> errors)
    {
        if (name?.Trim() is not { Length: > 0 and <= 100 } trimmed || trimmed.Any(character => char.IsControl(character) || character == '\u202e'))
        {
            errors.Add("name");
        }
    }

    private static void CheckScopes(IReadOnlyCollection<string>? scopes, SortedSet<string> errors)
    {
        if (scopes is not { Count: > 0 } || scopes.Except(KnownScopes).Any())
        {
            errors.Add("scopes");
        }
    }

    private static void CheckExpiry(DateTimeOffset? expiresAt, DateTimeOffset secretCreatedAt, DateTimeOffset now, SortedSet<string> errors)
    {
        if (ToMicrosecond(expiresAt) is { } expiry && (expiry <= now || expiry - secretCreatedAt > ModelOptions.MaxLifetime))
        {
            errors.Add("expiresAt");
        }
    }

    private static string[] Ordered(IReadOnlyCollection<string> scopes) => [.. KnownScopes.Intersect(scopes)];

    private static DateTimeOffset? ToMicrosecond(DateTimeOffset? time) => time?.AddTicks(-(time.Value.Ticks % 10));

    private static string Invalid(SortedSet<string> errors) => $"Invalid: {string.Join(' ', errors.Select(error => error.Length == 0 ? "tokens" : error))}";
}
