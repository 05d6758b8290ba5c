using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace Pat;

/// <summary>What the fields of a request may be.</summary>
internal sealed class RequestRules(IOptions<PersonalAccessTokenOptions> options, PersonalAccessTokenScopes scopes)
{
    private readonly PersonalAccessTokenOptions _options = options.Value;

    /// <exception cref="ArgumentException">No owner can have this id: a mistake of the application's.</exception>
    public static void ThrowIfNoOwnerId(string? ownerId)
    {
        ArgumentException.ThrowIfNullOrEmpty(ownerId);
        if (!IsOwnerId(ownerId))
        {
            throw new ArgumentException(
                $"An owner's id has 1 to {PersonalAccessToken.MaxOwnerIdLength} characters, none of them a control character or a broken one.", nameof(ownerId));
        }
    }

    /// <summary>Whether a user with this id can own tokens.</summary>
    public static bool IsOwnerId(string ownerId) => ownerId.Length is > 0 and <= PersonalAccessToken.MaxOwnerIdLength && IsStorable(ownerId);

    /// <exception cref="ArgumentException">It can't be kept as a reason: a mistake of the application's.</exception>
    public static void ThrowIfNoReason(string? reason)
    {
        if (reason is not null && (reason.Length > PersonalAccessToken.MaxReasonLength || !IsStorable(reason)))
        {
            throw new ArgumentException(
                $"A reason has at most {PersonalAccessToken.MaxReasonLength} characters, none of them a control character or a broken one.", nameof(reason));
        }
    }

    /// <summary>The name without spaces around it.</summary>
    public static string CheckName(string? name, ValidationErrors errors)
    {
        var trimmed = name?.Trim() ?? "";
        if (!trimmed.EnumerateRunes().Any(IsVisible))
        {
            errors.Add("name", $"Give the token a name, so that you can tell it from others.");
        }
        else if (trimmed.Length > PersonalAccessToken.MaxNameLength)
        {
            errors.Add("name", $"The name has {trimmed.Length} characters; the most is {PersonalAccessToken.MaxNameLength}.");
        }
        else if (!IsStorable(trimmed))
        {
            errors.Add("name", $"The name has a control character or a broken one; use printable characters.");
        }

        return trimmed;
    }

    /// <summary>The scopes, each once, in the order in which the application has them.</summary>
    public List<string> CheckScopes(IReadOnlyCollection<string>? requested, ValidationErrors errors)
    {
        if (requested is null or { Count: 0 })
        {
            errors.Add("scopes", $"Choose at least one scope: {Known()}.");
            return [];
        }

        foreach (var unknown in requested.Where(name => name is null || !scopes.Contains(name)).Distinct().Take(10))
        {
            errors.Add("scopes", $"There is no scope '{Printable(unknown)}'. The scopes are {Known()}.");
        }

        return [.. scopes.Names.Where(requested.Contains)];
    }

    /// <summary>The expiry in UTC to the microsecond.</summary>
    /// <param name="expiresAt">What was asked for.</param>
    /// <param name="secretCreatedAt">When the secret that it is for is or was made.</param>
    /// <param name="now">The present.</param>
    /// <param name="errors">Takes what is wrong.</param>
    public DateTimeOffset? CheckExpiry(
        DateTimeOffset? expiresAt, DateTimeOffset secretCreatedAt, DateTimeOffset now, ValidationErrors errors)
    {
        if (expiresAt is not { } requested)
        {
            if (!_options.AllowNoExpiry)
            {
                AskForExpiry(secretCreatedAt, errors);
            }

            return null;
        }

        var expiry = Clock.Truncate(requested);
        if (expiry <= now)
        {
            errors.Add("expiresAt", $"The expiry {expiry} has passed; give a time after {now}.");
        }
        else if (_options.MaxLifetime is { } lifetime && expiry - secretCreatedAt > lifetime)
        {
            errors.Add("expiresAt", $"The expiry {expiry} is too far away; give a time no later than {secretCreatedAt + lifetime}.");
        }

        return expiry;
    }

    public void CheckOverlap(TimeSpan overlap, ValidationErrors errors)
    {
        if (overlap < TimeSpan.Zero || overlap > _options.MaxRotationOverlap)
        {
            errors.Add(
                "overlapSeconds",
                $"The old secret can work on for 0 to {_options.MaxRotationOverlap.TotalSeconds:0} seconds, not {overlap.TotalSeconds:0}.");
        }
    }

    public string CheckPrefix(string? requested, ValidationErrors errors)
    {
        if (requested is null || requested == _options.TokenPrefix || _options.AcceptedPrefixes.Contains(requested))
        {
            return requested ?? _options.TokenPrefix;
        }

        errors.Add("tokenPrefix", $"Tokens can't begin with '{Printable(requested)}': it is neither TokenPrefix nor among AcceptedPrefixes.");
        return _options.TokenPrefix;
    }

    /// <summary>What to answer where the store did not make a new secret.</summary>
    public PersonalAccessTokenResult Explain(PersonalAccessTokenWriteOutcome outcome)
    {
        switch (outcome)
        {
            case PersonalAccessTokenWriteOutcome.Duplicate:
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.Duplicate);

            case PersonalAccessTokenWriteOutcome.TooManySecrets:
                return PersonalAccessTokenResult.Failed(PersonalAccessTokenFailure.TooManySecrets);

            case PersonalAccessTokenWriteOutcome.TooManyTokens:
                var errors = new ValidationErrors();
                errors.Add("", $"You have {_options.MaxTokensPerOwner} tokens, which is the most. Revoke one that you no longer need.");
                return errors.ToResult();

            default:
                throw new InvalidOperationException($"The token store answered {outcome} to a write that can't have that outcome.");
        }
    }

    private void AskForExpiry(DateTimeOffset secretCreatedAt, ValidationErrors errors)
    {
        if (_options.MaxLifetime is { } lifetime)
        {
            errors.Add("expiresAt", $"Say when the token expires, no later than {secretCreatedAt + lifetime}.");
        }
        else
        {
            errors.Add("expiresAt", $"Say when the token expires.");
        }
    }

    private string Known() => string.Join(", ", scopes.Names);

    /// <summary>Something of the caller's, made fit to be repeated to them and to a log.</summary>
    private static string Printable(string? text)
    {
        var printable = string.Concat((text ?? "null").Where(character => !char.IsControl(character)).Take(64));
        return IsWellFormed(printable) ? printable : "?";
    }

    /// <summary>What no database, no log and no page takes amiss.</summary>
    private static bool IsStorable(string text) => !text.Any(IsDisruptive) && IsWellFormed(text);

    /// <summary>Control characters, line separators, and what turns the direction of text around it (Unicode UAX #9, section 2).</summary>
    private static bool IsDisruptive(char character) =>
        char.IsControl(character)
        || character is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static bool IsVisible(Rune rune) =>
        !Rune.IsWhiteSpace(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.Control);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (i + 1 >= text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
            {
                return false;
            }

            i++;
        }

        return true;
    }
}
