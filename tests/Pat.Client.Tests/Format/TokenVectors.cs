using System.Text.Json;

namespace Pat.Client.Tests;

/// <summary>The published tokens, good and bad.</summary>
public sealed record TokenVectors(IReadOnlyList<TokenVectors.ValidToken> Valid, IReadOnlyList<TokenVectors.InvalidToken> Invalid)
{
    internal static TokenVectors All { get; } = JsonSerializer.Deserialize<TokenVectors>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "token-format.json")), JsonSerializerOptions.Web)!;

    public sealed record ValidToken(string Token, string Prefix);

    public sealed record InvalidToken(string Token, string Why);
}
