using CsCheck;

namespace Pat.Core.Tests;

public sealed class NaiveFormatAgreementTests
{
    private static readonly Gen<string> Prefix = Gen.OneOf(
        FormatGenerators.Prefix,
        Gen.Char["ab1_Z-"].Array[0, 27].Select(characters => new string(characters)));

    private static readonly Gen<string> IdText = Gen.OneOf(
        FormatGenerators.Id.Select(PersonalAccessTokenFormat.FormatId),
        FormatGenerators.Base62Text(22),
        Gen.Select(OneOf("0", "7n42DGM5Tflk9n8mt7Fh", "zzzzzzzzzzzzzzzzzzzzzz"), FormatGenerators.Base62Text(2))
            .Select((start, end) => (start + end).PadLeft(22, '0')[^22..]));

    private static readonly Gen<string> WholeToken = Gen
        .Select(Prefix, OneOf("_", "_", "_", "", "-"), IdText, FormatGenerators.Base62Text(43), Gen.Int[0, 9])
        .Select((prefix, joint, id, secret, luck) =>
        {
            var unsigned = $"{prefix}_{id}{joint}{secret}";
            return unsigned + (luck == 0 ? "000000" : NaiveFormat.Checksum(unsigned));
        });

    private static readonly Gen<string> Input = Gen
        .Select(WholeToken, Gen.Int[0, 5], Gen.Int[0, 200], Gen.OneOf(Gen.Char["0aZ_ "], Gen.Char))
        .Select((token, mutation, at, character) => (mutation, at % token.Length) switch
        {
            (0, var i) => token.Remove(i, 1).Insert(i, character.ToString()),
            (1, var i) => token.Insert(i, character.ToString()),
            (2, var i) => token.Remove(i, 1),
            _ => token,
        });

    [Fact]
    public void Two_parsers_agree_on_whatever_looks_like_a_token()
    {
        var accepted = 0;
        Input.Sample(
            token =>
            {
                var expected = NaiveFormat.Parse(token);
                var isToken = PersonalAccessTokenFormat.TryParse(token, out var parts);
                if (!isToken)
                {
                    return expected is null;
                }

                Interlocked.Increment(ref accepted);
                return expected == (parts.Prefix.ToString(), parts.Id, parts.Secret.ToString());
            },
            iter: 20_000);

        Assert.True(accepted > 1_000, $"Only {accepted} of the inputs were tokens, so that little was compared.");
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(at => texts[at]);
}
