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
    [InlineData("")]
    public void An_id_beyond_128_bits_or_of_another_form_is_refused(string text) =>
        Assert.False(PersonalAccessTokenFormat.TryParseId(text, out _));

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
        Assert.Throws<ArgumentException>(() => PersonalAccessTokenFormat.Create(prefix, Guid.Empty));
    }

    [Fact]
    public void The_longest_token_has_the_documented_length()
    {
        var token = PersonalAccessTokenFormat.Create(new string('a', PersonalAccessTokenFormat.MaxPrefixLength), Guid.Empty);

        Assert.Equal(97, token.Length);
        Assert.Equal(PersonalAccessTokenFormat.MaxLength, token.Length);
    }
}
