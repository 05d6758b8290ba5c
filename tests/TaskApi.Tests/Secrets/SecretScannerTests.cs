using System.Buffers.Text;
using System.Text;
using Pat;
using Pat.Secrets.Scan;

namespace TaskApi.Tests;

/// <summary>The scan finds what is there to be found, however it is written, and nothing else.</summary>
public sealed class SecretScannerTests
{
    private static readonly string Token = PersonalAccessTokenFormat.Create("acme_pat", Guid.AllBitsSet);

    /// <summary>What the scan calls it, and how a text comes to be written so.</summary>
    private static readonly Dictionary<string, (string How, Func<byte[], byte[]> Encode)> Encoders = new()
    {
        ["text"] = ("text", static bytes => bytes),
        ["UTF-16, little-endian"] = ("UTF-16", Utf16),
        ["UTF-16, big-endian"] = ("UTF-16", static bytes => Encoding.Convert(Encoding.Latin1, Encoding.BigEndianUnicode, bytes)),
        ["each character percent-encoded"] = ("percent-encoded", static bytes => Bytes(string.Concat(bytes.Select(static value => $"%{value:X2}")))),
        ["some percent-encoded"] = ("percent-encoded", static bytes =>
            Bytes(string.Concat(bytes.Select(static (value, i) => i % 5 == 0 ? $"%{value:x2}" : $"{(char)value}")))),
        ["hexadecimal digits"] = ("hexadecimal", static bytes => Bytes(Convert.ToHexString(bytes))),
        ["base64, at the beginning of three bytes"] = ("base64", static bytes => Bytes(Convert.ToBase64String(bytes))),
        ["base64, from the second of three bytes"] = ("base64", static bytes => Bytes(Convert.ToBase64String([1, .. bytes]))),
        ["base64, from the third of three bytes"] = ("base64", static bytes => Bytes(Convert.ToBase64String([0xff, 0xfe, .. bytes]))),
        ["base64 for addresses"] = ("base64", static bytes => Bytes(Base64Url.EncodeToString([0xff, 0xef, .. bytes]))),
        ["base64 of UTF-16"] = ("base64, UTF-16", static bytes => Bytes(Convert.ToBase64String(Utf16(bytes)))),
        ["base64, percent-encoded"] = ("percent-encoded, base64", static bytes =>
            Bytes(string.Concat(Convert.ToBase64String(bytes).Select(static digit => $"%{(int)digit:X2}")))),
    };

    public static TheoryData<string> Encodings => [.. Encoders.Keys];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void A_whole_token_is_found_that_nobody_noted(string encoding)
    {
        var (how, encode) = Encoders[encoding];

        Assert.Contains(how, Scan([], encode(Bytes(Token))));
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Any_12_characters_of_a_known_secret_are_found(string encoding)
    {
        var (how, encode) = Encoders[encoding];
        var secret = Token[^49..];
        var scanner = Scanner(Token);

        for (var start = 0; start <= secret.Length - 12; start++)
        {
            Assert.Contains(how, Ways(scanner, encode(Bytes($"{secret[start..(start + 12)]}..."))));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void They_are_found_amid_other_words(string encoding)
    {
        var (how, encode) = Encoders[encoding];

        Assert.Contains(how, Scan([Token], [.. "Request path/x="u8, .. encode(Bytes($"Bearer {Token[..^20]}")), .. " took 12 ms"u8]));
    }

    [Fact]
    public void Neither_prefix_nor_id_nor_fewer_characters_are_a_secret()
    {
        var secret = Token[^49..];

        Assert.Empty(Scan([Token], Bytes($"{Token[..^49]} {secret[..11]} {secret[^11..]} {Convert.ToBase64String(Bytes(Token[..^49]))}")));
    }

    [Fact]
    public void What_has_a_token_s_form_but_not_its_checksum_is_none() =>
        Assert.Empty(Scan([], Bytes(Token[..^1] + (Token[^1] == '0' ? '1' : '0'))));

    [Fact]
    public void A_key_is_found_as_it_is_and_in_other_digits()
    {
        var known = new KnownSecrets();
        byte[] key = [.. Enumerable.Range(0, 32).Select(static i => (byte)((i * 37) + 11))];
        known.AddBytes(key);
        var scanner = new SecretScanner(known);

        Assert.NotEmpty(scanner.Scan([1, 2, .. key[..12], 3]));
        Assert.NotEmpty(scanner.Scan(Bytes($"key={Convert.ToBase64String(key)}")));
        Assert.NotEmpty(scanner.Scan(Bytes($"key=0x{Convert.ToHexString(key)}")));
        Assert.Empty(scanner.Scan(key.AsSpan(0, 11)));
    }

    private static string[] Scan(string[] noted, byte[] bytes) => Ways(Scanner(noted), bytes);

    private static SecretScanner Scanner(params string[] noted)
    {
        var known = new KnownSecrets();
        Array.ForEach(noted, known.AddToken);
        return new SecretScanner(known);
    }

    private static string[] Ways(SecretScanner scanner, byte[] bytes) => [.. scanner.Scan(bytes).Select(static finding => finding.How)];

    private static byte[] Utf16(byte[] bytes) => Encoding.Convert(Encoding.Latin1, Encoding.Unicode, bytes);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);
}
