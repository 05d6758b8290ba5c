namespace Pat.Benchmarks;

/// <summary>Bearer values that are refused.</summary>
internal static class Refusals
{
    private const string Prefix = "pat";

    /// <summary>Those that are refused by their form alone.</summary>
    public static IReadOnlyList<(string Kind, string Value)> WithoutLookUp { get; } =
    [
        ("garbage with our prefix", "pat_garbage"),
        ("bad checksum", BadChecksum(Unknown())),
        ("a JWT", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ1c2VyLTAwMDAwMDAxIiwiZXhwIjoyMDAwMDAwMDAwfQ.c2lnbmF0dXJlLXNpZ25hdHVyZS1zaWduYXR1cmUtc2ln"),
        ("another prefix", $"ghp_{Unknown()[4..]}"),
    ];

    /// <summary>A token of the right form that nobody issued.</summary>
    public static string Unknown() => PersonalAccessTokenFormat.Create(Prefix, Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));

    /// <summary>The id of <paramref name="token"/> with another secret.</summary>
    public static string WrongSecret(string token) =>
        PersonalAccessTokenFormat.TryParse(token, out var parts)
            ? PersonalAccessTokenFormat.Create(Prefix, parts.Id)
            : throw new ArgumentException("It is no token.", nameof(token));

    public static string BadChecksum(string token) => token[..^1] + (token[^1] == 'x' ? 'y' : 'x');
}
