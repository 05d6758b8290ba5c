namespace Pat.Core.Tests;

public sealed class SecretDrawTests
{
    private const int Drawn = 20_000;

    private static readonly List<string> Secrets = [.. Enumerable.Range(0, Drawn).Select(_ => Draw())];

    [Fact]
    public void No_two_secrets_are_equal() => Assert.Equal(Drawn, Secrets.Distinct().Count());

    [Fact]
    public void Every_digit_is_as_frequent_as_any_other()
    {
        // 61 degrees of freedom: a fair source exceeds 140 about once in ten million runs; modulo 62 of a byte reaches thousands.
        Assert.InRange(ChiSquare(Secrets.SelectMany(secret => secret)), 0, 140);
    }

    [Fact]
    public void Every_digit_is_as_frequent_as_any_other_at_each_place()
    {
        for (var place = 0; place < PersonalAccessTokenFormat.SecretLength; place++)
        {
            Assert.InRange(ChiSquare(Secrets.Select(secret => secret[place])), 0, 150);
        }
    }

    private static string Draw()
    {
        Assert.True(PersonalAccessTokenFormat.TryParse(PersonalAccessTokenFormat.Create("pat", Guid.Empty), out var parts));
        return parts.Secret.ToString();
    }

    private static double ChiSquare(IEnumerable<char> digits)
    {
        var counts = digits.CountBy(digit => digit).ToDictionary();
        var expected = counts.Values.Sum() / (double)Base62.Alphabet.Length;
        return Base62.Alphabet.Sum(digit => Math.Pow(counts.GetValueOrDefault(digit) - expected, 2) / expected);
    }
}
