using CsCheck;

namespace Pat.Core.Tests;

public sealed class FormatTests
{
    [Fact]
    public void What_is_created_parses_to_what_it_was_created_from() =>
        Gen.Select(FormatGenerators.Prefix, FormatGenerators.Id).Sample(
            (prefix, id) =>
            {
                var token = PersonalAccessTokenFormat.Create(prefix, id);
                return PersonalAccessTokenFormat.TryParse(token, out var parts)
                    && parts.Prefix.SequenceEqual(prefix)
                    && parts.Id == id
                    && token == $"{prefix}_{PersonalAccessTokenFormat.FormatId(id)}_{parts.Secret}{token[^6..]}";
            },
            iter: 5_000);

    [Fact]
    public void Every_id_is_read_as_it_was_written() =>
        FormatGenerators.Id.Sample(
            id => PersonalAccessTokenFormat.TryParseId(PersonalAccessTokenFormat.FormatId(id), out var read) && read == id,
            iter: 5_000);

    [Fact]
    public void Ids_sort_as_text_in_the_order_of_their_bytes() =>
        Gen.Select(FormatGenerators.Id, FormatGenerators.Id).Sample(
            (one, other) =>
                Math.Sign(string.CompareOrdinal(PersonalAccessTokenFormat.FormatId(one), PersonalAccessTokenFormat.FormatId(other)))
                == Math.Sign(one.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(other.ToByteArray(bigEndian: true))),
            iter: 2_000);

    [Theory]
    [InlineData("7n42DGM5Tflk9n8mt7Fhc8")]
    [InlineData("7n42DGM5Tflk9n8mt7Fhcz")]
    [InlineData("80000000000000000000000")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("0000000000000000000000 ")]
    [InlineData(" 000000000000000000000")]
    [InlineData("000000000000000000000")]
    [InlineData("00000000000000000000000")]
    [InlineData("-000000000000000000000")]
    [InlineData("{000000000000000000000")]
    [InlineData("")]
    public void An_id_beyond_128_bits_or_of_another_form_is_refused(string text) =>
        Assert.False(PersonalAccessTokenFormat.TryParseId(text, out _));

    [Fact]
    public void The_id_alone_is_read_whatever_the_secret_and_the_checksum_are() =>
        Gen.Select(FormatGenerators.Prefix, FormatGenerators.Id, Gen.Char.Array[49]).Sample(
            (prefix, id, rest) =>
                PersonalAccessTokenFormat.TryReadId($"{prefix}_{PersonalAccessTokenFormat.FormatId(id)}_{new string(rest)}", out var read)
                && read == id,
            iter: 2_000);

    [Theory]
    [InlineData("a1", true)]
    [InlineData("a", false)]
    [InlineData("abcdefghijklmnopqrstuvwx", true)]
    [InlineData("abcdefghijklmnopqrstuvwxy", false)]
    public void The_id_alone_is_read_from_no_text_of_another_length_than_a_tokens(string prefix, bool isRead) =>
        Assert.Equal(isRead, PersonalAccessTokenFormat.TryReadId(prefix + TailOfAToken(), out _));

    [Fact]
    public void The_id_alone_is_read_only_where_it_stands_between_underscores()
    {
        var tail = TailOfAToken();

        Assert.True(PersonalAccessTokenFormat.TryReadId("pat" + tail, out _));
        Assert.False(PersonalAccessTokenFormat.TryReadId("pat-" + tail[1..], out _));
        Assert.False(PersonalAccessTokenFormat.TryReadId($"pat{tail[..23]}-{tail[24..]}", out _));
        Assert.False(PersonalAccessTokenFormat.TryReadId($"pat_!{tail[2..]}", out _));
    }

    [Theory]
    [InlineData("pat")]
    [InlineData("a1")]
    [InlineData("acme_pat")]
    [InlineData("a_1_b_2")]
    [InlineData("abcdefghijklmnopqrstuvwx")]
    public void A_prefix_of_the_documented_form_is_valid(string prefix) =>
        Assert.True(PersonalAccessTokenFormat.IsValidPrefix(prefix));

    [Theory]
    [InlineData("")]
    [InlineData("p")]
    [InlineData("abcdefghijklmnopqrstuvwxy")]
    [InlineData("1a")]
    [InlineData("_pat")]
    [InlineData("pat_")]
    [InlineData("a__b")]
    [InlineData("Pat")]
    [InlineData("pAt")]
    [InlineData("pa-t")]
    [InlineData("pa t")]
    [InlineData("pat\n")]
    [InlineData("p\u00e4t")]
    [InlineData("p\uff41t")]
    public void Any_other_prefix_is_refused_and_makes_no_token(string prefix)
    {
        Assert.False(PersonalAccessTokenFormat.IsValidPrefix(prefix));
        var refused = Assert.Throws<ArgumentException>(nameof(prefix), () => PersonalAccessTokenFormat.Create(prefix, Guid.Empty));
        Assert.Contains($"'{prefix}' is no token prefix: use 2 to 24 characters", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_prefix_makes_no_token() =>
        Assert.Throws<ArgumentNullException>("prefix", () => PersonalAccessTokenFormat.Create(null!, Guid.Empty));

    [Fact]
    public void The_longest_token_has_the_documented_length()
    {
        var token = PersonalAccessTokenFormat.Create(new string('a', PersonalAccessTokenFormat.MaxPrefixLength), Guid.Empty);

        Assert.Equal(97, token.Length);
        Assert.Equal(PersonalAccessTokenFormat.MaxLength, token.Length);
    }

    /// <summary>The underscore, the id and all that stands after it.</summary>
    private static string TailOfAToken() => PersonalAccessTokenFormat.Create("pat", Guid.AllBitsSet)["pat".Length..];
}
