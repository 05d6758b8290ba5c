using System.Text.Json;

namespace Pat.Security.Tests;

/// <summary>
/// Row 6. The owner was taken from the request's body (better-auth CVE-2025-61928). A token's owner is the session's user, and a body that
/// names anything else than what may be set is refused with the names of those members.
/// </summary>
/// <remarks>
/// Also <see cref="Row06OwnerFromBodyInEditsTests"/>. Further evidence: CreationTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row06OwnerFromBodyTests(ManagementApp management) : IClassFixture<ManagementApp>
{
    private readonly string _owner = management.NextOwner();

    [Theory]
    [InlineData("ownerId", "\"bob\"")]
    [InlineData("owner", "\"bob\"")]
    [InlineData("id", "\"0000000000000000000001\"")]
    [InlineData("token", "\"pat_x\"")]
    [InlineData("tokenPrefix", "\"other\"")]
    [InlineData("secretHash", "\"$sha256$x\"")]
    [InlineData("secretTag", "\"x\"")]
    [InlineData("status", "\"active\"")]
    [InlineData("createdAt", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("lastUsedAt", "\"2020-01-01T00:00:00Z\"")]
    [InlineData("revokedAt", "null")]
    [InlineData("version", "7")]
    [InlineData("__proto__", "{}")]
    public async Task Row_6_What_is_not_the_clients_to_say_is_refused_by_name(string member, string value)
    {
        var app = management.App;

        using var response = await app.CreateAsync(
            await app.SignInAsync(_owner), $$"""{ "name": "n", "scopes": ["read"], "expiresInDays": 1, "{{member}}": {{value}} }""");

        Assert.Equal([member], await response.ErrorsAsync());
        Assert.Equal((0, 0), (await app.CountAsync(_owner), await app.CountAsync(TestApp.Bob)));
    }
}
