using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Security.Tests;

/// <summary>
/// Row 15. A token outlived its owner (Zitadel CVE-2024-46999, CVE-2023-22492). The owner is read with the token, within the same bound,
/// and has to exist and be active; the short lock that wrong passwords cause is none of that.
/// </summary>
/// <remarks>
/// Further evidence: PeopleTests with Identity itself (Pat.Identity.Tests), TaskApiTests over HTTP (TaskApi.Tests).
/// </remarks>
public sealed class Row15TokenOutlivesOwnerTests
{
    [Fact]
    public async Task Row_15_A_token_of_an_owner_who_is_gone_or_may_not_act_is_refused_and_works_again_with_the_owner()
    {
        var owners = new TestOwners();
        owners.Set("alice");
        await using var application = await TokenApplication.CreateAsync(owners: owners);
        await using var cold = application.AddNode(owners: owners);
        var (_, value) = await application.IssueAsync();

        owners.Set("alice", isActive: false);
        var disabled = await application.Manager.VerifyAsync(value);
        owners.Known.Clear();
        var gone = await cold.Manager.VerifyAsync(value);
        owners.Set("alice");

        Assert.All([disabled, gone], verification => Assert.Equal(
            (PersonalAccessTokenRefusal.OwnerDisabled, true, null, null),
            (verification.Refusal, verification.HoldsSecret, verification.Token, verification.Owner)));
        Assert.Equal(0, cold.Hashes);
        Assert.Equal(PersonalAccessTokenRefusal.None, await application.RefusalOfAsync(value));
    }

    [Theory]
    [InlineData(ClaimTypes.Role, "editor")]
    [InlineData("may", "publish")]
    public async Task Row_15_What_a_token_may_by_its_owners_role_or_claim_is_gone_with_it_within_the_bound(string type, string value)
    {
        var owners = new TestOwners();
        owners.Set(TestApp.Alice, claims: new Claim(type, value));
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/news", () => "published").RequireAuthorization(policy => policy.RequireClaim(type, value)).RequireScope("read"),
            services: builder => builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners));
        var token = await app.CreateTokenAsync("read");
        using var before = await app.GetAsync("/news", token);

        owners.Set(TestApp.Alice);
        app.Time.Advance(TimeSpan.FromSeconds(10));
        using var after = await app.GetAsync("/news", token);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (before.StatusCode, after.StatusCode));
    }
}
