namespace Pat.Client.Tests;

public sealed class TokenFormatTests
{
    public static TheoryData<string, string> ValidTokens =>
        [.. TokenVectors.All.Valid.Select(vector => (vector.Token, vector.Prefix))];

    public static TheoryData<string, string> InvalidTokens =>
        [.. TokenVectors.All.Invalid.Select(vector => (vector.Why, vector.Token))];

    [Theory, MemberData(nameof(ValidTokens))]
    public void A_valid_token_has_no_fault(string token, string prefix)
    {
        Assert.Null(TokenFormat.FindFault(token, prefix: null));
        Assert.Null(TokenFormat.FindFault(token, prefix));
    }

    [Theory, MemberData(nameof(InvalidTokens))]
    public void An_invalid_token_has_a_fault(string why, string token) =>
        Assert.True(TokenFormat.FindFault(token, prefix: null) is not null, why);

    [Fact]
    public void What_the_server_makes_has_no_fault() =>
        Assert.All(
            Enumerable.Range(0, 1_000),
            number => Assert.Null(TokenFormat.FindFault(
                PersonalAccessTokenFormat.Create("acme_pat", new Guid(number, 7, 7, new byte[8])), "acme_pat")));

    [Theory]
    [InlineData("a")]
    [InlineData("1pat")]
    [InlineData("Pat")]
    [InlineData("pat_")]
    [InlineData("a__b")]
    [InlineData("pät")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    public void What_no_token_starts_with_is_no_prefix(string prefix)
    {
        Assert.False(TokenFormat.IsPrefix(prefix));
        Assert.False(PersonalAccessTokenFormat.IsValidPrefix(prefix));
    }

    [Theory]
    [InlineData("Bearer " + Tokens.Valid, "the word Bearer")]
    [InlineData(Tokens.Valid + "\n", "line break")]
    [InlineData(" " + Tokens.Valid, "a space or a line break")]
    [InlineData(Tokens.Valid + "\r", "line break")]
    [InlineData(Tokens.Valid + "\u00a0", "a space or a line break")]
    [InlineData("\"" + Tokens.Valid + "\"", "quotation marks")]
    [InlineData("\u201c" + Tokens.Valid + "\u201d", "quotation marks")]
    [InlineData("pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7h", "cut off")]
    [InlineData("pat_02yKUjeeHYIuIrXSJxcLqg_mavzfVABqZ5YsOOlB1f46RfHk7hp3ILTgK2y3mH3Uqt3AumLK", "wrong checksum")]
    public void A_fault_says_what_is_wrong_and_shows_nothing_of_the_token(string token, string expected)
    {
        var fault = TokenFormat.FindFault(token, prefix: null);

        Assert.Contains(expected, fault, StringComparison.Ordinal);
        Tokens.AssertAbsent(fault!, token);
    }

    [Fact]
    public void A_token_of_another_product_is_told_by_its_prefix() =>
        Assert.Contains("does not start with 'task_pat_'", TokenFormat.FindFault(Tokens.Valid, "task_pat"), StringComparison.Ordinal);
}
