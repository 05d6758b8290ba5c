using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Pat;

/// <summary>What became of a request to create, change or rotate a token. Nothing was written unless it succeeded.</summary>
public sealed class PersonalAccessTokenResult
{
    private PersonalAccessTokenResult()
    {
    }

    /// <summary>Whether it was done.</summary>
    [MemberNotNullWhen(true, nameof(Token))]
    public bool Succeeded => Failure == PersonalAccessTokenFailure.None;

    /// <summary>Why it was not done.</summary>
    public PersonalAccessTokenFailure Failure { get; private init; }

    /// <summary>
    /// What is wrong with the request, by field: <c>name</c>, <c>scopes</c>, <c>expiresAt</c>, <c>overlapSeconds</c>,
    /// <c>tokenPrefix</c>, and the empty string for what concerns the whole. Empty unless <see cref="Failure"/> is
    /// <see cref="PersonalAccessTokenFailure.Invalid"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; private init; } = ReadOnlyDictionary<string, string[]>.Empty;

    /// <summary>The same as <see cref="Errors"/>, with the parts of each sentence apart, for a page that says it in another language.</summary>
    internal IReadOnlyDictionary<string, FormattableString[]> Messages { get; private init; } =
        ReadOnlyDictionary<string, FormattableString[]>.Empty;

    /// <summary>The token as it is now, or as it was found where it is not usable or has another version.</summary>
    public PersonalAccessToken? Token { get; private init; }

    /// <summary>The new token's value, after a creation or rotation. It exists here and nowhere else: show it once, store it nowhere.</summary>
    public string? Value { get; private init; }

    internal static PersonalAccessTokenResult Done(PersonalAccessToken token, string? value = null) =>
        new() { Token = token, Value = value };

    internal static PersonalAccessTokenResult Failed(PersonalAccessTokenFailure failure, PersonalAccessToken? token = null) =>
        new() { Failure = failure, Token = token };

    internal static PersonalAccessTokenResult Invalid(IReadOnlyDictionary<string, FormattableString[]> messages) => new()
    {
        Failure = PersonalAccessTokenFailure.Invalid,
        Messages = messages,
        Errors = messages.ToDictionary(
            field => field.Key, field => field.Value.Select(Text).ToArray(), StringComparer.Ordinal),
    };

    /// <summary>A message for programs: times in it are UTC, as RFC 3339 writes them.</summary>
    private static string Text(FormattableString message) => string.Format(
        CultureInfo.InvariantCulture,
        message.Format,
        [.. message.GetArguments().Select(static part =>
            part is DateTimeOffset time ? time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) : part)]);
}
