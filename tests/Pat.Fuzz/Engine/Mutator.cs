namespace Pat.Fuzz;

/// <summary>Changes texts a little, at random.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<string> words)
{
    /// <summary>Longer inputs find nothing that these don't, and take longer.</summary>
    private const int MaxLength = 20_000;

    private const string Usual = "_ ,.$=-+/\"\\{}[]:&%?0123456789aAzZ";

    /// <summary>Changes <paramref name="input"/> in one to four places.</summary>
    /// <param name="input">What to change.</param>
    /// <param name="other">What to take parts from.</param>
    public string Mutate(string input, string other)
    {
        for (var changes = 1 << random.Next(3); changes > 0; changes--)
        {
            input = Change(input, other);
        }

        return input.Length > MaxLength ? input[..MaxLength] : input;
    }

    private string Change(string input, string other)
    {
        var at = random.Next(input.Length + 1);
        var length = Math.Min(random.Next(1, 9), input.Length - at);
        switch (random.Next(9))
        {
            case 0:
                return input.Insert(at, Character().ToString());

            case 1 when length > 0:
                return Replace(input, at, 1, Character().ToString());

            case 2:
                return input.Remove(at, length);

            case 3:
                return input.Insert(at, Word());

            case 4:
                return Replace(input, at, length, Word());

            case 5:
                return input.Insert(at, input.Substring(at, length));

            case 6 when length > 0:
                var character = input[at];
                return Replace(input, at, 1, ((char)(character ^ (1 << random.Next(8)))).ToString());

            case 7:
                return input[..at] + other[random.Next(other.Length + 1)..];

            default:
                return random.Next(8) == 0 ? input.Insert(at, new string(Character(), random.Next(1, 70))) : input[..at];
        }
    }

    private string Word() => words[random.Next(words.Count)];

    private char Character() => random.Next(4) switch
    {
        0 => (char)random.Next(0x10000),
        1 => (char)random.Next(0x100),
        _ => Usual[random.Next(Usual.Length)],
    };

    private static string Replace(string input, int at, int length, string replacement) =>
        string.Concat(input.AsSpan(0, at), replacement, input.AsSpan(at + length));
}
