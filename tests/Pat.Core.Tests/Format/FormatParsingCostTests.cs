using CsCheck;

namespace Pat.Core.Tests;

public sealed class FormatParsingCostTests
{
    [Fact]
    public void Parsing_allocates_nothing()
    {
        var token = PersonalAccessTokenFormat.Create("acme_pat", Guid.Empty);
        string[] inputs = [token, token[..^1] + "!", token.ToUpperInvariant(), "", new string('x', 10_000)];
        var id = PersonalAccessTokenFormat.FormatId(Guid.Empty);
        Assert.Equal(2, ParseAll(inputs, id));

        NoAllocation.In(() => ParseAll(inputs, id));
    }

    [Fact]
    public void Parsing_never_throws_and_takes_no_garbage() =>
        Gen.OneOf(
            Gen.Char.Array[0, 200],
            Gen.Char['\ud800', '\udfff'].Array[70, 100],
            Gen.Char["_pat0Z"].Array[0, 100]).Sample(
            characters => !PersonalAccessTokenFormat.TryParse(characters, out _)
                && (characters.Length == 22 || !PersonalAccessTokenFormat.TryParseId(characters, out _)),
            iter: 20_000);

    [Theory]
    [InlineData('a', 10_000_000)]
    [InlineData('_', 10_000_000)]
    [InlineData('\ud800', 98)]
    [InlineData('\udc00', 97)]
    [InlineData('\uffff', 76)]
    [InlineData('\0', 76)]
    public void One_character_repeated_is_refused(char character, int count) =>
        Assert.False(PersonalAccessTokenFormat.TryParse(new string(character, count), out _));

    private static int ParseAll(string[] inputs, string id)
    {
        var accepted = PersonalAccessTokenFormat.TryParseId(id, out _) ? 1 : 0;
        foreach (var input in inputs)
        {
            accepted += PersonalAccessTokenFormat.TryParse(input, out _) ? 1 : 0;
        }

        return accepted;
    }
}
