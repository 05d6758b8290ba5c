namespace Pat.Core.Tests;

internal sealed record Argon2Vectors(
    Argon2Vectors.RawVector Rfc9106, IReadOnlyList<Argon2Vectors.PhcVector> Phc, IReadOnlyList<string> Malformed)
{
    public static Argon2Vectors All { get; } = VectorFile.Read<Argon2Vectors>("argon2id.json", snakeCase: true);

    public sealed record RawVector(
        string PasswordHex,
        string SaltHex,
        string SecretHex,
        string AssociatedDataHex,
        int MemoryKib,
        int Iterations,
        int Parallelism,
        string TagHex);

    public sealed record PhcVector(
        string Password, string SaltHex, int MemoryKib, int Iterations, int Parallelism, string Phc);
}
