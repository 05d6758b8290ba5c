namespace Pat.Core.Tests;

public sealed record FormatVectors(
    string Alphabet, IReadOnlyList<FormatVectors.ValidToken> Valid, IReadOnlyList<FormatVectors.InvalidToken> Invalid)
{
    internal static FormatVectors All { get; } = VectorFile.Read<FormatVectors>("token-format.json");

    public sealed record ValidToken(
        string Note, string Token, string Prefix, Guid Id, string IdText, string Secret, string Checksum);

    public sealed record InvalidToken(string Token, string Why);
}
