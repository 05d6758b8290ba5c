using static Pat.Fuzz.FuzzFailure;

namespace Pat.Fuzz;

/// <summary>The reader of stored hashes, compared with <see cref="NaivePhcString"/>.</summary>
internal sealed class StoredHashTarget : FuzzTarget
{
    private const int MaxMemoryKib = 4 * 19_456;

    /// <summary>The parts of a text of at most 512 characters, as strings and as bytes.</summary>
    private const int MaxAllocated = 16 * 1024;

    /// <summary>A row without a hash.</summary>
    public StoredHashTarget() => Unless(!StoredHash.TryParse(null, MaxMemoryKib, out _), "Nothing was taken for a hash.");

    /// <summary>Those that read; a record has others, which the compiler makes.</summary>
    public override IReadOnlyList<string> Watched { get; } =
    [
        "Pat.StoredHash.TryParse", "Pat.StoredHash.ReadArgon2id", "Pat.StoredHash.ReadSha256", "Pat.StoredHash.ReadNumber", "Pat.StoredHash.ReadKeyId",
        "Pat.StoredHash.Decode", "Pat.StoredHash.ToString",
    ];

    public override IReadOnlyList<string> Words { get; } =
    [
        "$argon2id$v=19$", "$sha256$", "$hmac-sha256$", "keyid=", ",keyid=k1", "m=", "t=", "p=", "m=77824", "m=77825", "t=10", "t=11",
        "p=16", "p=17", "2147483648", "$", ",", "=", "==", "AAAA", "0", "\u0661", " ", "\n", "\0", new('A', 500),
    ];

    public override IReadOnlyList<InputShare> Shares { get; } =
        [new("with the form of one", 0.25, NaivePhcString.HasForm), new("readable", 0.1, input => NaivePhcString.Read(input, MaxMemoryKib) is not null)];

    public override int DrawnShare => 80;

    public override string Draw(Random random) => PhcInputs.Draw(random);

    public override ValueTask TryAsync(string input, Cost cost)
    {
        var expected = NaivePhcString.Read(input, MaxMemoryKib);
        cost.Start();
        var isRead = StoredHash.TryParse(input, MaxMemoryKib, out var hash);
        cost.Stop(input.Length > 512 ? 0 : MaxAllocated);

        UnlessEqual(expected is not null, isRead, "Whether it is a hash");
        UnlessEqual(isRead, hash is not null, "Whether there is one");
        if (hash is null || expected is null)
        {
            return ValueTask.CompletedTask;
        }

        UnlessEqual(expected.Algorithm, Name(hash), "The algorithm");
        UnlessEqual(expected.KeyId, hash.KeyId, "The key");
        UnlessEqual((expected.Memory, expected.Passes, expected.Lanes), (hash.MemoryKib, hash.Iterations, hash.Parallelism), "What it costs");
        Unless(hash.MemoryKib <= MaxMemoryKib && hash.Cost <= MaxMemoryKib * 10L, "It costs more than any hash may.");
        Unless(expected.Salt.SequenceEqual(hash.Salt), "The salt is another.");
        Unless(expected.Tag.SequenceEqual(hash.Tag), "The tag is another.");
        UnlessEqual(input, hash.ToString(), "The hash written again");
        return ValueTask.CompletedTask;
    }

    private static string Name(StoredHash hash) => hash switch
    {
        { Algorithm: PersonalAccessTokenHashAlgorithm.Argon2id } => "argon2id",
        { KeyId: null } => "sha256",
        _ => "hmac-sha256",
    };
}
