namespace Pat;

/// <summary>How secrets are hashed.</summary>
public sealed class PersonalAccessTokenHashingOptions
{
    /// <summary>How new secrets are hashed. Default: Argon2id.</summary>
    public PersonalAccessTokenHashAlgorithm Algorithm { get; set; } = PersonalAccessTokenHashAlgorithm.Argon2id;

    /// <summary>
    /// Argon2's memory in KiB: 8 for each lane up to 1,048,576. Default: 19,456, as the OWASP Password Storage Cheat
    /// Sheet has it.
    /// </summary>
    public int MemoryKib { get; set; } = 19_456;

    /// <summary>
    /// The most memory in KiB that a stored hash may ask for: <see cref="MemoryKib"/> to 4,194,304. A hash that asks for more is
    /// refused as unreadable, so that nobody who writes to the table makes nodes take memory without end. Default: null, four times
    /// <see cref="MemoryKib"/>. Set it where <see cref="MemoryKib"/> was once, or is on other nodes, more than four times of what it is.
    /// </summary>
    public int? MaxStoredMemoryKib { get; set; }

    /// <summary>Argon2's passes over its memory: 1 to 10. Default: 2.</summary>
    public int Iterations { get; set; } = 2;

    /// <summary>Argon2's lanes: 1 to 16. Default: 1.</summary>
    public int Parallelism { get; set; } = 1;

    /// <summary>
    /// Server keys, oldest first. New secrets use the last; stored hashes name theirs. To change the key, add one and
    /// keep the former until no hash names it. Default: none.
    /// </summary>
    public IList<PersonalAccessTokenPepper> Peppers { get; } = [];
}
