using System.Text;
using Pat.TestSupport;

namespace Pat.Core.Tests;

/// <summary>What held a token as bytes holds it no more when that is done: nothing of it is left in the process's memory.</summary>
public sealed class ClearedBufferTests
{
    public static IEnumerable<TheoryDataRow<Action<string>>> Uses =>
    [
        new(static token => SecretDigest.Of(token)) { Label = "digest" },
        new(static token => SecretHashers.With(SecretHashers.Sha256).HashAsync(token).GetAwaiter().GetResult()) { Label = "hash" },
        new(static token => OwnerStamp.Of(token)) { Label = "owner's stamp" },
    ];

    [Theory]
    [MemberData(nameof(Uses))]
    public void Nothing_of_a_token_is_left_in_memory(Action<string> use)
    {
        var token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);

        ProcessMemory.RunDeep(() => use(token));

        Assert.False(ProcessMemory.HasBytesOf(Secret(token)));
    }

    [Fact]
    public void Nothing_of_a_new_token_is_left_in_memory()
    {
        var token = "";

        ProcessMemory.RunDeep(() => token = PersonalAccessTokenFormat.Create("pat", Guid.Empty));

        Assert.False(ProcessMemory.HasBytesOf(Secret(token)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_not_cleared_is_found_on_the_heap_and_on_the_stack(bool isOnStack)
    {
        var token = PersonalAccessTokenFormat.Create("pat", Guid.Empty);
        byte[] heap = [];

        ProcessMemory.RunDeep(() =>
        {
            Span<byte> bytes = stackalloc byte[PersonalAccessTokenFormat.MaxLength];
            if (!isOnStack)
            {
                bytes = heap = new byte[PersonalAccessTokenFormat.MaxLength];
            }

            Encoding.ASCII.GetBytes(token, bytes);
        });

        Assert.True(ProcessMemory.HasBytesOf(Secret(token)));
        GC.KeepAlive(heap);
    }

    private static string Secret(string token) => token[^(PersonalAccessTokenFormat.SecretLength + PersonalAccessTokenFormat.ChecksumLength)..^PersonalAccessTokenFormat.ChecksumLength];
}
