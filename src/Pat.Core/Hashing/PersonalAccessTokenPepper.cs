using System.Diagnostics.CodeAnalysis;

namespace Pat;

/// <summary>A key that is hashed with every secret and kept outside the database, so that a stolen table is worth less.</summary>
public sealed class PersonalAccessTokenPepper
{
    /// <summary>The key's name in stored hashes: 1 to 32 characters of a-z, A-Z, 0-9, <c>/</c>, <c>+</c>, <c>.</c> and <c>-</c>.</summary>
    public string KeyId { get; set; } = "";

    /// <summary>The key: 16 to 64 bytes from a cryptographic generator; base64 in configuration.</summary>
    [SuppressMessage("Performance", "CA1819", Justification = "Configuration binds base64 to an array.")]
    public byte[] Key { get; set; } = [];
}
