using System.Diagnostics;

namespace Pat.Core.Tests;

/// <summary>The reference C implementation of Argon2, through Debian's python3-argon2.</summary>
internal static class ReferenceArgon2
{
    private const string Interpreter = "/usr/bin/python3";

    private const string VerifyScript = """
        import sys, argon2
        argon2.low_level.verify_secret(sys.argv[1].encode(), sys.argv[2].encode(), argon2.low_level.Type.ID)
        print("verified")
        """;

    private const string HashScript = """
        import sys, argon2
        memory, iterations, parallelism = map(int, sys.argv[2:5])
        print(argon2.PasswordHasher(iterations, memory, parallelism, 32, 16).hash(sys.argv[1]))
        """;

    // Only the raw API takes a secret key.
    private const string RawScript = """
        import sys
        from argon2.low_level import ffi, lib, core, error_to_str, Type
        password, salt, key = [bytes.fromhex(text) for text in sys.argv[1:4]]
        memory, iterations, parallelism = map(int, sys.argv[4:7])
        tag = ffi.new("uint8_t[]", 32)
        buffers = [ffi.new("uint8_t[]", value) for value in (password, salt, key)]
        context = ffi.new("argon2_context*", dict(
            version=0x13, out=tag, outlen=32, flags=lib.ARGON2_DEFAULT_FLAGS,
            pwd=buffers[0], pwdlen=len(password), salt=buffers[1], saltlen=len(salt), secret=buffers[2], secretlen=len(key),
            ad=ffi.NULL, adlen=0, t_cost=iterations, m_cost=memory, lanes=parallelism, threads=1,
            allocate_cbk=ffi.NULL, free_cbk=ffi.NULL))
        error = core(context, Type.ID.value)
        print(error_to_str(error) if error else bytes(ffi.buffer(tag)).hex())
        """;

    public static async Task<bool> VerifiesAsync(string phc, string password) =>
        await RunAsync(VerifyScript, phc, password) == "verified";

    public static Task<string> HashAsync(string password, int memoryKib, int iterations, int parallelism) =>
        RunAsync(HashScript, password, $"{memoryKib}", $"{iterations}", $"{parallelism}");

    public static Task<string> RawTagAsync(
        byte[] password, byte[] salt, byte[] key, int memoryKib, int iterations, int parallelism) =>
        RunAsync(
            RawScript,
            Convert.ToHexString(password),
            Convert.ToHexString(salt),
            Convert.ToHexString(key),
            $"{memoryKib}",
            $"{iterations}",
            $"{parallelism}");

    private static async Task<string> RunAsync(string script, params string[] arguments)
    {
        Assert.True(File.Exists(Interpreter), $"{Interpreter} is missing. Install it with the reference Argon2: apt-get install python3-argon2.");
        using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.False(
            (await error).Contains("No module named 'argon2'", StringComparison.Ordinal),
            "The reference Argon2 is missing. Install it: apt-get install python3-argon2.");
        Assert.True(process.ExitCode == 0, await error);
        return (await output).Trim();
    }
}
