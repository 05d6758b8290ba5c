namespace Pat;

/// <summary>How new secrets are hashed. Stored hashes of either kind are always verified.</summary>
public enum PersonalAccessTokenHashAlgorithm
{
    /// <summary>Argon2id (RFC 9106): about 20 MiB and a tenth of a second for the first use of a token on each node.</summary>
    Argon2id = 0,

    /// <summary>
    /// SHA-256, or HMAC-SHA-256 with a pepper: microseconds. A secret of 256 random bits needs no stretching
    /// (NIST SP 800-63B, section 5.1.2.2, asks for none where a look-up secret has at least 112 bits).
    /// </summary>
    Sha256 = 1,
}
