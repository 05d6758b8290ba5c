namespace Pat.Core.Tests;

public sealed class FormatVectorTests
{
    public static TheoryData<string> ValidTokens => [.. FormatVectors.All.Valid.Select(vector => vector.Token)];

    public static TheoryData<string, string> InvalidTokens =>
        [.. FormatVectors.All.Invalid.Select(vector => (vector.Why, vector.Token))];

    [Fact]
    public void The_alphabet_is_the_published_one() => Assert.Equal(Base62.Alphabet, FormatVectors.All.Alphabet);

    [Theory, MemberData(nameof(ValidTokens))]
    public void A_valid_token_parses_to_the_published_parts(string token)
    {
        var expected = FormatVectors.All.Valid.First(vector => vector.Token == token);

        Assert.True(PersonalAccessTokenFormat.TryParse(token, out var parts));
        Assert.Equal(expected.Prefix, parts.Prefix.ToString());
        Assert.Equal(expected.Id, parts.Id);
        Assert.Equal(expected.Secret, parts.Secret.ToString());
        Assert.EndsWith(expected.Checksum, token, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(ValidTokens))]
    public void An_id_of_a_valid_token_is_written_and_read_as_published(string token)
    {
        var expected = FormatVectors.All.Valid.First(vector => vector.Token == token);

        Assert.Equal(expected.IdText, PersonalAccessTokenFormat.FormatId(expected.Id));
        Assert.True(PersonalAccessTokenFormat.TryParseId(expected.IdText, out var id));
        Assert.Equal(expected.Id, id);
    }

    [Theory, MemberData(nameof(InvalidTokens))]
    public void An_invalid_token_is_refused(string why, string token) =>
        Assert.False(PersonalAccessTokenFormat.TryParse(token, out _), why);
}
