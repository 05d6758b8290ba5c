using System.Net;

namespace Pat.AspNetCore.UI.Tests;

/// <summary>A form says what its fields say, of the token in its address and of nothing else.</summary>
public sealed class MassAssignmentProbeTests
{
    private static readonly string[] Prefixes = ["", "token.", "Token.", "form.", "PersonalAccessToken."];

    [Fact]
    public async Task An_edit_changes_the_name_and_nothing_else_of_the_token()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var (token, other) = ((await app.CreateTokenAsync()).Token!, (await app.CreateTokenAsync()).Token!);
        var before = await app.TokenAsync(token.Id);

        var answer = await browser.SubmitAsync(Probe.PathOf("/{0}/edit", token.Id), [("name", "other"), .. Extra(other.Id)]);

        Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
        var after = await app.TokenAsync(token.Id);
        Assert.Equal(("other", 2L), (after.Name, after.Version));
        (after.Name, after.Version) = (before.Name, before.Version);
        Assert.Equal(Probe.StateOf(before), Probe.StateOf(after));
        await AssertUntouchedAsync(app, other);
    }

    [Fact]
    public async Task A_rotation_changes_the_secret_and_nothing_else_of_the_token()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var (token, other) = ((await app.CreateTokenAsync()).Token!, (await app.CreateTokenAsync()).Token!);

        var answer = await browser.SubmitAsync(Probe.PathOf("/{0}/rotate", token.Id), [.. Extra(other.Id)]);

        Assert.Contains(PersonalAccessTokenFormat.FormatId(token.Id), answer.Value, StringComparison.Ordinal);
        var after = await app.TokenAsync(token.Id);
        Assert.Equal((token.OwnerId, token.Name, 2L, null), (after.OwnerId, after.Name, after.Version, after.RevokedAt));
        Assert.Equal(token.Scopes, after.Scopes);
        await AssertUntouchedAsync(app, other);
    }

    [Fact]
    public async Task A_creation_makes_one_token_of_the_user_s_own()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var other = (await app.CreateTokenAsync()).Token!;

        var answer = await browser.SubmitAsync($"{PageApp.Path}/new", [("name", "mine"), ("scopes", "read"), .. Extra(other.Id)]);

        Assert.NotNull(answer.Value);
        var made = (await app.TokensAsync()).Single(token => token.Id != other.Id);
        Assert.Equal(("mine", PageApp.Alice, 1L, null), (made.Name, made.OwnerId, made.Version, made.RevokedAt));
        Assert.Equal(app.Time.GetUtcNow(), made.CreatedAt);
        await AssertUntouchedAsync(app, other);
    }

    [Fact]
    public async Task A_revocation_revokes_the_token_in_its_address()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var (token, other) = ((await app.CreateTokenAsync()).Token!, (await app.CreateTokenAsync()).Token!);

        await browser.SubmitAsync(Probe.PathOf("/{0}/revoke", token.Id), [.. Extra(other.Id).Append(("reason", "probe"))]);

        var after = await app.TokenAsync(token.Id);
        Assert.Equal("Revoked by its owner.", after.RevokedReason);
        await AssertUntouchedAsync(app, other);
    }

    [Fact]
    public async Task A_version_that_is_said_twice_is_none()
    {
        await using var app = await PageApp.StartAsync();
        using var browser = await app.SignInAsync();
        var token = (await app.CreateTokenAsync()).Token!;
        foreach (var form in Probe.FormsOfOne)
        {
            var answer = await browser.SubmitAsync(Probe.PathOf(form, token.Id), ("version", "1"), ("version", "7"));

            Assert.True(answer.IsRefusal(), $"{answer.Status}");
            await AssertUntouchedAsync(app, token);
        }
    }

    /// <summary>What no form has, by the names by which frameworks bind it.</summary>
    private static IEnumerable<(string, string?)> Extra(Guid otherId) =>
        from prefix in Prefixes
        from field in new (string Name, string Value)[]
        {
            ("ownerId", PageApp.Bob), ("owner_id", PageApp.Bob), ("id", PersonalAccessTokenFormat.FormatId(otherId)),
            ("tokenId", PersonalAccessTokenFormat.FormatId(otherId)), ("personalAccessTokenId", PersonalAccessTokenFormat.FormatId(otherId)),
            ("createdAt", "2020-01-01T00:00:00Z"), ("expiresAt", "2099-01-01T00:00:00Z"), ("revokedAt", "2020-01-01T00:00:00Z"),
            ("secretHash", "$sha256$x"), ("secretTag", "AAAAAAAAAAA="), ("lastUsedAt", "2020-01-01T00:00:00Z"), ("version[0]", "9"),
            ("scopes[0]", "write"), ("scopes[]", "write"),
        }
        where prefix.Length > 0 || field.Name != "id" // The form of a new token has one, sealed.
        select ($"{prefix}{field.Name}", (string?)field.Value);

    private static async Task AssertUntouchedAsync(PageApp app, PersonalAccessToken token)
    {
        Assert.Equal(Probe.StateOf(token), Probe.StateOf(await app.TokenAsync(token.Id)));
        Assert.Empty(await app.TokensAsync(PageApp.Bob));
    }
}
