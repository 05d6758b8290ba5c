using System.Security.Cryptography;
using System.Text;
using Pat.TestSupport;

namespace Pat.Client.Tests;

/// <summary>What held a token as bytes holds it no more when that is done: nothing of it is left in the process's memory.</summary>
public sealed class ClearedBufferTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pat-client-");
    private readonly string _token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Nothing_of_a_tokens_file_is_left_in_memory()
    {
        var path = Path.Combine(_directory.FullName, "token");

        // Pinned: moved by the garbage collector, it would leave a copy.
        var bytes = GC.AllocateUninitializedArray<byte>(_token.Length, pinned: true);
        Encoding.ASCII.GetBytes(_token, bytes);
        await File.WriteAllBytesAsync(path, bytes);
        Assert.True(ProcessMemory.HasBytesOf(_token));
        CryptographicOperations.ZeroMemory(bytes);

        Assert.Equal(_token, await new FileTokenSource(path, allowReadableByOthers: true).ReadAsync(default));

        Assert.False(ProcessMemory.HasBytesOf(_token));
    }

    [Fact]
    public void Nothing_of_a_token_that_was_looked_at_is_left_in_memory()
    {
        string? fault = "";

        ProcessMemory.RunDeep(() => fault = TokenFormat.FindFault(_token, prefix: null));

        Assert.Null(fault);
        Assert.False(ProcessMemory.HasBytesOf(_token[..^PersonalAccessTokenFormat.ChecksumLength]));
    }
}
