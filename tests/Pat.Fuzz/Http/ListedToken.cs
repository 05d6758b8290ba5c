using Pat.TestSupport;

namespace Pat.Fuzz;

/// <summary>A token as a list in memory has it.</summary>
/// <param name="Key">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Status">The state it is in.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="ExpiresAt">When it expires, or null.</param>
/// <param name="LastUsedAt">When it was last used, or null.</param>
internal sealed record ListedToken(
    Guid Key, string Name, string Status, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt)
{
    private static readonly DateTimeOffset Now = SampleTokens.Start;

    private static readonly string[] Names =
        ["token", "Token 1", "TOKEN 12", "a\\b", "100%", "a_b", "\u00dcbung", "\u00fcbung", "\u4e2d\u6587", "\ud83d\ude00", "';--", "x"];

    public string Id { get; } = PersonalAccessTokenFormat.FormatId(Key);

    /// <summary>Two dozen, of every state, some with the same name or time.</summary>
    public static List<ListedToken> Examples() => [.. Enumerable.Range(0, 24).Select(number =>
    {
        var created = Now.AddDays(-400 - (number / 2));
        var (status, expiresAt, usedAt) = (number % 4) switch
        {
            0 => ("active", number % 3 == 0 ? null : (DateTimeOffset?)Now.AddDays(number % 5 + 1), (DateTimeOffset?)Now.AddHours(-number / 4)),
            1 => ("expired", Now.AddDays(-(number % 3)), null),
            2 => ("inactive", number % 3 == 0 ? null : Now.AddDays(10), null),
            _ => ("revoked", (DateTimeOffset?)Now.AddDays(5), number % 3 == 0 ? null : Now.AddDays(-1)),
        };
        return new ListedToken(new Guid(number, 0, 0, new byte[8]), Names[number % Names.Length], status, created, expiresAt, usedAt);
    })];

    /// <summary>Those that a query asks for, in its order.</summary>
    /// <param name="tokens">All there are.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="isFound">Whether a name has what is searched for.</param>
    public static List<ListedToken> Find(IEnumerable<ListedToken> tokens, NaiveQuery query, Func<string, string, bool> isFound)
    {
        var found = tokens.Where(token =>
            (query.Status is null || token.Status == query.Status)
            && (query.Search is null || token.Id == query.Search || isFound(token.Name, query.Search)));
        Comparison<ListedToken> order = query.Sort switch
        {
            "name" => (one, other) => string.CompareOrdinal(one.Name, other.Name),
            "createdAt" => (one, other) => one.CreatedAt.CompareTo(other.CreatedAt),
            "expiresAt" => (one, other) => (one.ExpiresAt ?? DateTimeOffset.MaxValue).CompareTo(other.ExpiresAt ?? DateTimeOffset.MaxValue),
            _ => (one, other) => (one.LastUsedAt ?? DateTimeOffset.MinValue).CompareTo(other.LastUsedAt ?? DateTimeOffset.MinValue),
        };
        var sorted = found.OrderBy(token => token, Comparer<ListedToken>.Create(query.Descending ? (one, other) => order(other, one) : order));
        return [.. sorted.ThenBy(token => token.Id, StringComparer.Ordinal)];
    }

    /// <summary>In any case of ASCII letters: what every database finds.</summary>
    public static bool IsSurelyFound(string name, string search) => AsciiFolded(name).Contains(AsciiFolded(search), StringComparison.Ordinal);

    /// <summary>In any case of any letters: more finds none.</summary>
    public static bool IsPossiblyFound(string name, string search) =>
        name.Contains(search, StringComparison.OrdinalIgnoreCase)
        || name.ToLowerInvariant().Contains(search.ToLowerInvariant(), StringComparison.Ordinal);

    public PersonalAccessToken ToToken(string owner) => SampleTokens.Create(owner, token =>
    {
        (token.Id, token.Name, token.CreatedAt, token.SecretCreatedAt, token.UpdatedAt) = (Key, Name, CreatedAt, CreatedAt, CreatedAt);
        (token.ExpiresAt, token.LastUsedAt) = (ExpiresAt, LastUsedAt);
        token.RevokedAt = Status == "revoked" ? Now.AddDays(-1) : null;
    });

    private static string AsciiFolded(string text) =>
        string.Concat(text.Select(character => char.IsAsciiLetterUpper(character) ? (char)(character | 0x20) : character));
}
