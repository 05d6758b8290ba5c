using System.Net;
using Microsoft.AspNetCore.Authentication;
using static Pat.AspNetCore.TestSupport.ManagementSettings;

namespace Pat.Security.Tests;

/// <summary>
/// Row 4. A token minted a stronger token (Gitea CVE-2026-56654, GitLab CVE-2024-1250, hex.pm CVE-2026-21621). The management API is closed
/// to tokens, and a rotation keeps the scopes as they are and the expiry within the policy of the day.
/// </summary>
/// <remarks>
/// Also <see cref="Row04TokenMintsTokenInRotationsTests"/>, <see cref="Row04TokenMintsTokenBySelfRotationTests"/>. Further evidence:
/// AccessTests of the page (Pat.AspNetCore.UI.Tests).
/// </remarks>
public sealed class Row04TokenMintsTokenTests
{
    [Fact]
    public async Task Row_4_A_new_expiry_is_within_the_policy_from_now_on()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.MaxLifetime = TimeSpan.FromDays(30));
        var (token, _) = await application.IssueAsync();
        application.Time.Advance(TimeSpan.FromDays(10));
        var last = application.Now.AddDays(30);

        foreach (var expiresAt in new[] { last.AddMicroseconds(1), application.Now, DateTimeOffset.MaxValue, DateTimeOffset.MinValue })
        {
            var refused = await application.Manager.RotateAsync("alice", token.Id, new() { ExpiresAt = expiresAt });
            Assert.Equal("expiresAt", Assert.Single(refused.Errors).Key);
        }

        Assert.Equal(last, (await application.Manager.RotateAsync("alice", token.Id, new() { ExpiresAt = last })).Token?.ExpiresAt);
    }

    [Fact]
    public async Task Row_4_An_expiry_that_is_kept_is_within_the_policy_of_the_day()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AllowNoExpiry = true);
        await using var strict = application.AddNode(options => options.MaxLifetime = TimeSpan.FromDays(7));
        var (far, value) = await application.IssueAsync();
        var (endless, _) = await application.IssueAsync();
        await application.Manager.EditAsync("alice", endless.Id, new() { RemoveExpiry = true });

        foreach (var id in new[] { far.Id, endless.Id })
        {
            var refused = await strict.Manager.RotateAsync("alice", id, new());
            Assert.Equal("expiresAt", Assert.Single(refused.Errors).Key);
            Assert.True((await application.Manager.RotateAsync("alice", id, new())).Succeeded);
            Assert.True((await strict.Manager.RotateAsync("alice", id, new() { ExpiresAt = strict.Now.AddDays(7) })).Succeeded);
        }

        Assert.Equal(PersonalAccessTokenRefusal.WrongSecret, await strict.RefusalOfAsync(value));
    }

    [Fact]
    public async Task Row_4_Scopes_stay_and_one_that_was_taken_out_of_the_application_comes_back_as_nothing()
    {
        await using var application = await TokenApplication.CreateAsync(options => options.AddScope("admin", "All", "write"));
        await using var without = application.AddNode();
        var (token, _) = await application.IssueAsync(scopes: "admin");

        var rotated = await without.Manager.RotateAsync("alice", token.Id, new());

        Assert.Equal(["admin"], rotated.Token!.Scopes);
        Assert.Empty(without.Get<PersonalAccessTokenScopes>().Expand(rotated.Token.Scopes));
    }

    [Theory]
    [MemberData(nameof(ManagementSettings.Settings), MemberType = typeof(ManagementSettings))]
    public async Task Row_4_A_token_never_manages_tokens(string setting)
    {
        await using var app = await StartAsync(setting);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);
        var cookie = await app.SignInAsync();
        var lookups = app.Store.Lookups;

        foreach (var (method, path, body, _) in SessionRoutes.All(PersonalAccessTokenFormat.FormatId(created.Token!.Id)))
        {
            foreach (var beside in new[] { null, cookie })
            {
                using var response = await app.SendAsync(
                    method, path, created.Value, beside, body is null ? null : Management.Json(body));

                await response.ProblemAsync(HttpStatusCode.Forbidden);
                Assert.Contains(
                    "does not accept personal access tokens", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }
        }

        Assert.Equal(lookups, app.Store.Lookups);
        Assert.Equal(1, await app.CountAsync());
        Assert.Equal(1, (await app.Manager.FindAsync(created.Token.Id))!.Version);
    }
}
