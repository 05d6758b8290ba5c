using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;
using Xunit;

namespace Pat.AspNetCore.TestSupport;

/// <summary>Values that look like tokens, and tokens that no process has proven yet.</summary>
internal static class TokenValues
{
    /// <summary>A well-formed token that nobody was given, with the id of <paramref name="token"/>.</summary>
    public static string WithWrongSecret(string token) =>
        PersonalAccessTokenFormat.TryParse(token, out var parts)
            ? PersonalAccessTokenFormat.Create(parts.Prefix.ToString(), parts.Id)
            : throw new ArgumentException("Not a token.", nameof(token));

    /// <summary>A well-formed token of an id that the store does not know.</summary>
    public static string OfUnknownId() => PersonalAccessTokenFormat.Create("pat", Guid.CreateVersion7(SampleTokens.Start));

    /// <summary><paramref name="token"/> with its last character changed.</summary>
    public static string WithWrongChecksum(string token) => token[..^1] + (token[^1] == '0' ? '1' : '0');

    /// <summary>Stores a token as another process would have left it, with <paramref name="hash"/> or the hash that it should have.</summary>
    public static async Task<string> StoreColdAsync(TestApp app, string? hash = null, Action<PersonalAccessToken>? change = null)
    {
        var id = Guid.CreateVersion7(SampleTokens.Start);
        var value = PersonalAccessTokenFormat.Create("pat", id);
        var stored = hash ?? await app.Services.GetRequiredService<SecretHasher>().HashAsync(value);
        var token = SampleTokens.Create(TestApp.Alice, token =>
        {
            token.Id = id;
            token.SecretHash = stored;
            token.SecretTag = SecretDigest.Of(value).ToTag();
            change?.Invoke(token);
        });
        var outcome = await app.Store.AddAsync(
            token, new PersonalAccessTokenLimits(50, 100, TimeSpan.FromHours(24)), SampleTokens.At(SampleTokens.Start), CancellationToken.None);
        Assert.Equal(PersonalAccessTokenWriteOutcome.Done, outcome);
        return value;
    }

    /// <summary>A Bearer value that a JWT handler would try to read.</summary>
    public static string Jwt { get; } = string.Join(
        '.', new[] { """{"alg":"none"}""", """{"sub":"alice"}""", "x" }.Select(part => Convert.ToBase64String(Encoding.ASCII.GetBytes(part)).TrimEnd('=')));
}
