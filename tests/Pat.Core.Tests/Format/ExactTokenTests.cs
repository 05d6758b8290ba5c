using CsCheck;

namespace Pat.Core.Tests;

/// <summary>Rows 18 and 19 of the known failures: no other string is taken for a token than the one that was made.</summary>
public sealed class ExactTokenTests
{
    private static readonly Gen<int> Position = Gen.Int[0, 1_000];

    [Fact]
    public void Row_18_A_token_with_the_case_of_any_one_letter_flipped_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length)
                .Where(at => char.IsAsciiLetter(token[at]))
                .All(at => IsRefused(Replace(token, at, (char)(token[at] ^ 0x20)))),
            iter: 300);

    [Fact]
    public void Row_19_A_token_with_any_one_character_replaced_by_another_digit_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length).All(at => Base62.Alphabet
                .Where(digit => digit != token[at])
                .All(digit => IsRefused(Replace(token, at, digit)))),
            iter: 20);

    [Fact]
    public void Row_19_A_truncated_token_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length).All(length => IsRefused(token[..length]))
                && Enumerable.Range(1, token.Length).All(start => IsRefused(token[start..])),
            iter: 300);

    [Fact]
    public void Row_19_A_token_with_anything_inserted_or_appended_is_refused() =>
        Gen.Select(FormatGenerators.Token, Position, Gen.Char.Array[1, 4]).Sample(
            (token, at, added) => IsRefused(token.Insert(at % (token.Length + 1), new string(added))),
            iter: 5_000);

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    [InlineData("\r\n")]
    [InlineData("\0")]
    [InlineData("=")]
    [InlineData("==")]
    [InlineData("\u00a0")]
    [InlineData("\u200b")]
    [InlineData("\ufeff")]
    [InlineData("\"")]
    public void Row_19_A_token_with_padding_around_it_is_refused(string padding)
    {
        var token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

        Assert.True(IsRefused(padding + token));
        Assert.True(IsRefused(token + padding));
    }

    [Fact]
    public void Row_19_A_token_with_a_look_alike_character_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length)
                .All(at => LookAlikes(token[at]).All(character => IsRefused(Replace(token, at, character)))),
            iter: 300);

    [Fact]
    public void Row_19_A_token_with_two_neighbours_swapped_is_refused() =>
        FormatGenerators.Token.Sample(
            token => Enumerable.Range(0, token.Length - 1)
                .Where(at => token[at] != token[at + 1])
                .All(at => IsRefused(Replace(Replace(token, at, token[at + 1]), at + 1, token[at]))),
            iter: 300);

    private static bool IsRefused(string token) => !PersonalAccessTokenFormat.TryParse(token, out _);

    private static string Replace(string token, int at, char character) => $"{token[..at]}{character}{token[(at + 1)..]}";

    /// <summary>The full-width form, the same low byte in another block, and letters of other scripts that look alike.</summary>
    private static IEnumerable<char> LookAlikes(char character)
    {
        yield return (char)(character + 0xFEE0);
        yield return (char)(character + 0x100);
        yield return (char)(character | 0x80);
        foreach (var (latin, other) in "a\u0430e\u0435o\u043ep\u0440c\u0441x\u0445A\u0391B\u0392K\u212ai\u0131s\u017f0\u06600\u0966".Chunk(2)
            .Select(pair => (pair[0], pair[1])))
        {
            if (latin == character)
            {
                yield return other;
            }
        }
    }
}
