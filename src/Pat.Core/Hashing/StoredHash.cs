using System.Globalization;

namespace Pat;

/// <summary>
/// A hash as it is stored: a PHC string (https://github.com/P-H-C/phc-string-format), read strictly, since a row is only
/// as trustworthy as whoever can write to the database.
/// </summary>
/// <remarks>
/// <c>$argon2id$v=19$m=..,t=..,p=..[,keyid=..]$salt$tag</c>, <c>$sha256$tag</c> or <c>$hmac-sha256$keyid=..$tag</c>;
/// base64 without padding, no leading zeros, no white space, nothing after it.
/// </remarks>
internal sealed record StoredHash(
    PersonalAccessTokenHashAlgorithm Algorithm, string? KeyId, int MemoryKib, int Iterations, int Parallelism, byte[] Salt, byte[] Tag)
{
    public const int TagLength = 32;
    public const int MinSaltLength = 8;
    public const int MaxSaltLength = 64;
    public const int MaxIterations = 10;
    public const int MaxParallelism = 16;
    public const int MaxKeyIdLength = 32;

    private const int MaxLength = 512;

    public static StoredHash Argon2id(string? keyId, int memoryKib, int iterations, int parallelism, byte[] salt, byte[] tag) =>
        new(PersonalAccessTokenHashAlgorithm.Argon2id, keyId, memoryKib, iterations, parallelism, salt, tag);

    public static StoredHash Sha256(string? keyId, byte[] tag) => new(PersonalAccessTokenHashAlgorithm.Sha256, keyId, 0, 0, 0, [], tag);

    /// <summary>What Argon2 costs for it: memory times passes.</summary>
    public long Cost => (long)MemoryKib * Iterations;

    /// <summary>The least memory that Argon2 takes (RFC 9106, section 3.1).</summary>
    public static int MinMemoryKib(int parallelism) => 8 * parallelism;

    public static bool IsValidKeyId(string? keyId) =>
        keyId is { Length: >= 1 and <= MaxKeyIdLength }
        && keyId.All(character => char.IsAsciiLetterOrDigit(character) || character is '/' or '+' or '.' or '-');

    public override string ToString()
    {
        var keyId = KeyId is null ? "" : $"keyid={KeyId}";
        return Algorithm switch
        {
            PersonalAccessTokenHashAlgorithm.Argon2id => string.Create(
                CultureInfo.InvariantCulture,
                $"$argon2id$v=19$m={MemoryKib},t={Iterations},p={Parallelism}{(KeyId is null ? "" : ",")}{keyId}${Encode(Salt)}${Encode(Tag)}"),
            _ => KeyId is null ? $"$sha256${Encode(Tag)}" : $"$hmac-sha256${keyId}${Encode(Tag)}",
        };
    }

    /// <param name="text">The stored text.</param>
    /// <param name="maxMemoryKib">The most memory that a row may make Argon2 take.</param>
    /// <param name="hash">What it says.</param>
    public static bool TryParse(string? text, int maxMemoryKib, out StoredHash? hash)
    {
        hash = null;
        if (text is null || text.Length > MaxLength)
        {
            return false;
        }

        hash = text.Split('$') switch
        {
            ["", "argon2id", "v=19", var parameters, var salt, var tag] => ReadArgon2id(parameters, salt, tag, maxMemoryKib),
            ["", "sha256", var tag] => ReadSha256(null, tag),
            ["", "hmac-sha256", var parameter, var tag] when ReadKeyId(parameter) is { } keyId => ReadSha256(keyId, tag),
            _ => null,
        };
        return hash is not null;
    }

    private static StoredHash? ReadArgon2id(string parameters, string salt, string tag, int maxMemoryKib)
    {
        var fields = parameters.Split(',');
        string? keyId = null;
        return fields.Length is 3 or 4
            && ReadNumber(fields[0], "m=", maxMemoryKib) is { } memory
            && ReadNumber(fields[1], "t=", MaxIterations) is { } iterations
            && ReadNumber(fields[2], "p=", MaxParallelism) is { } parallelism
            && memory >= MinMemoryKib(parallelism)
            && (fields.Length == 3 || (keyId = ReadKeyId(fields[3])) is not null)
            && Decode(salt) is { Length: >= MinSaltLength and <= MaxSaltLength } saltBytes
            && Decode(tag) is { Length: TagLength } tagBytes
                ? Argon2id(keyId, memory, iterations, parallelism, saltBytes, tagBytes)
                : null;
    }

    private static StoredHash? ReadSha256(string? keyId, string tag) => Decode(tag) is { Length: TagLength } bytes ? Sha256(keyId, bytes) : null;

    // int.TryParse takes zeros before a number, and NULs after it.
    private static int? ReadNumber(string field, string name, int most) =>
        field.StartsWith(name, StringComparison.Ordinal)
        && field.AsSpan(name.Length) is [>= '1' and <= '9', ..] digits
        && !digits.Contains('\0')
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number <= most
            ? number
            : null;

    private static string? ReadKeyId(string field) =>
        field.StartsWith("keyid=", StringComparison.Ordinal) && IsValidKeyId(field["keyid=".Length..])
            ? field["keyid=".Length..]
            : null;

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    // Convert takes padding and white space: what it reads must come out again as the same text.
    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='), bytes, out var length)
            && Encode(bytes[..length]) == text
                ? bytes[..length]
                : null;
    }
}
