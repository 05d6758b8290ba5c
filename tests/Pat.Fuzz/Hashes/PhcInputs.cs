namespace Pat.Fuzz;

/// <summary>Texts that are stored hashes, or nearly.</summary>
internal static class PhcInputs
{
    private static readonly string[] Names = ["argon2id", "argon2id", "argon2id", "sha256", "hmac-sha256", "argon2i", "SHA256", ""];

    private static readonly int[] Memories = [7, 8, 64, 127, 128, 19_456, 77_824, 77_825, int.MaxValue];

    private static readonly string[] Keys = ["", "k1", "2026/a+b.c-d", "01234567890123456789012345678901", "012345678901234567890123456789012", "a_b", "\u00e4"];

    public static string Draw(Random random)
    {
        var name = Pick(random, Names);
        var key = $"keyid={Pick(random, Keys)}";
        var tag = Bytes(random, random.Next(4) == 0 ? random.Next(30, 35) : 32);
        var text = name switch
        {
            "sha256" or "SHA256" => $"${name}${tag}",
            "hmac-sha256" => $"${name}${key}${tag}",
            _ => $"${name}$v=19$m={Memory(random)},t={Number(random, 12)},p={Number(random, 18)}{(random.Next(2) == 0 ? "," + key : "")}${Bytes(random, Salt(random))}${tag}",
        };
        return random.Next(6) switch
        {
            0 => text.Insert(random.Next(text.Length + 1), Pick(random, ["=", "$", ",", " ", "0", "A", "\n", "\0", "keyid=a"])),
            1 => text.Remove(random.Next(text.Length), 1),
            _ => text,
        };
    }

    private static int Memory(Random random) => random.Next(2) == 0 ? random.Next(8, 80_000) : Memories[random.Next(Memories.Length)];

    private static int Number(Random random, int most) => random.Next(3) == 0 ? 1 : random.Next(most);

    private static int Salt(Random random) => random.Next(4) == 0 ? random.Next(70) : 16;

    private static string Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return Convert.ToBase64String(bytes).TrimEnd('=');
    }

    private static string Pick(Random random, string[] texts) => texts[random.Next(texts.Length)];
}
