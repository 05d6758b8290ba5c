using System.Net;
using Microsoft.AspNetCore.Builder;
using static Pat.AspNetCore.TestSupport.LastUses;

namespace Pat.AspNetCore.Tests;

/// <summary>What is kept of a token's last use, and when.</summary>
public sealed class LastUseTests
{
    [Theory]
    [InlineData(PersonalAccessTokenAddressRecording.None, "203.0.113.77", null)]
    [InlineData(PersonalAccessTokenAddressRecording.Network, "203.0.113.77", "203.0.113.0/24")]
    [InlineData(PersonalAccessTokenAddressRecording.Full, "203.0.113.77", "203.0.113.77")]
    [InlineData(PersonalAccessTokenAddressRecording.Network, "::ffff:203.0.113.77", "203.0.113.0/24")]
    [InlineData(PersonalAccessTokenAddressRecording.Full, "::ffff:203.0.113.77", "203.0.113.77")]
    [InlineData(PersonalAccessTokenAddressRecording.Network, "2001:db8:1234:5678::9", "2001:db8:1234::/48")]
    [InlineData(PersonalAccessTokenAddressRecording.Full, "2001:db8:1234:5678::9", "2001:db8:1234:5678::9")]
    public async Task An_address_is_kept_as_far_as_the_application_wants(
        PersonalAccessTokenAddressRecording recording, string address, string? kept)
    {
        await using var app = await StartAsync(recording, IPAddress.Parse(address));
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await app.GetAsync(UsualEndpoints.Read, created.Value);

        Assert.Equal(kept, (await LastUseAsync(app, created.Token!.Id)).LastUsedAddress);
    }

    [Fact]
    public async Task A_connection_without_an_address_leaves_none()
    {
        await using var app = await StartAsync(PersonalAccessTokenAddressRecording.Full, address: null);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await app.GetAsync(UsualEndpoints.Read, created.Value);

        Assert.Null((await LastUseAsync(app, created.Token!.Id)).LastUsedAddress);
    }

    [Fact]
    public async Task Only_a_success_counts_as_use()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, scheme: scheme => scheme.Events!.OnTokenValidated = context =>
        {
            if (context.Token.Name == "unwanted")
            {
                context.Fail("Not today.");
            }

            return Task.CompletedTask;
        });
        var guessed = await CreateAsync(app, "guessed");
        var revoked = await CreateAsync(app, "revoked");
        var closed = await CreateAsync(app, "closed");
        var unwanted = await CreateAsync(app, "unwanted");
        var used = await CreateAsync(app, "used");
        await app.Manager.RevokeAsync(revoked.Token!.Id);

        foreach (var (path, token) in new[]
        {
            (UsualEndpoints.Read, TokenValues.WithWrongSecret(guessed.Value!)),
            (UsualEndpoints.Read, revoked.Value!),
            (UsualEndpoints.Closed, closed.Value!),
            (UsualEndpoints.Open, closed.Value!),
            (UsualEndpoints.Read, unwanted.Value!),
            (UsualEndpoints.Read, used.Value!),
        })
        {
            using var response = await app.GetAsync(path, token);
        }

        // Uses are written in batches: once the last one is, the others would be.
        await LastUseAsync(app, used.Token!.Id);
        foreach (var other in new[] { guessed, revoked, closed, unwanted })
        {
            Assert.Null((await app.Manager.FindAsync(other.Token!.Id))!.LastUsedAt);
        }
    }

    private static Task<PersonalAccessTokenResult> CreateAsync(TestApp app, string name) =>
        app.Manager.CreateAsync(new PersonalAccessTokenCreation
        {
            OwnerId = TestApp.Alice,
            Name = name,
            Scopes = ["read"],
            ExpiresAt = app.Time.GetUtcNow().AddDays(1),
        });
}
