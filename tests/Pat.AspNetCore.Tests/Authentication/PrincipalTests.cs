using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.AspNetCore.Tests;

public sealed class PrincipalTests
{
    [Fact]
    public async Task A_token_is_its_owner_with_its_scopes_and_what_they_imply()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map);
        var created = await app.CreateTokenAsync(TestApp.Alice, ["write"]);

        using var response = await app.GetAsync(UsualEndpoints.Read, created.Value);

        Assert.Equal(
            Sorted(
                $"{ClaimTypes.NameIdentifier}=alice", "scope=read", "scope=write", "amr=pat",
                $"pat_id={PersonalAccessTokenFormat.FormatId(created.Token!.Id)}"),
            Sorted(await response.ClaimsAsync()));
    }

    [Fact]
    public async Task Scopes_that_imply_others_over_several_steps_are_expanded_once_each()
    {
        await using var app = await TestApp.StartAsync(UsualEndpoints.Map, tokens: options =>
            options.AddScope("tasks:write", "Change tasks", "tasks:read").AddScope("tasks:read", "See tasks", "read"));
        var token = await app.CreateTokenAsync("tasks:write", "tasks:read");

        using var response = await app.GetAsync(UsualEndpoints.Read, token);

        Assert.Equal(
            Sorted("scope=read", "scope=tasks:read", "scope=tasks:write"),
            Sorted([.. (await response.ClaimsAsync()).Where(claim => claim.StartsWith("scope=", StringComparison.Ordinal))]));
    }

    [Fact]
    public async Task Its_owners_claims_are_its_own()
    {
        await using var app = await StartAsync(
            new Claim(ClaimTypes.Name, "Alice"), new Claim(ClaimTypes.Role, "admin"), new Claim("tenant", "7"));

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        var claims = await response.ClaimsAsync();
        Assert.Contains($"{ClaimTypes.Name}=Alice", claims);
        Assert.Contains($"{ClaimTypes.Role}=admin", claims);
        Assert.Contains("tenant=7", claims);
    }

    [Theory]
    [InlineData(ClaimTypes.NameIdentifier)]
    [InlineData("scope")]
    [InlineData("scp")]
    [InlineData("pat_id")]
    [InlineData("amr")]
    [InlineData("auth_time")]
    [InlineData("sid")]
    [InlineData("AspNet.Identity.SecurityStamp")]
    [InlineData("SCOPE")]
    [InlineData("Pat_Id")]
    [InlineData("AMR")]
    public async Task What_an_owners_claims_must_not_say_is_left_out(string type)
    {
        // Claims are found by their type whatever its case, so a name in another case would say it all the same.
        await using var app = await StartAsync(new Claim(type, "stolen"));

        using var response = await app.GetAsync(UsualEndpoints.Read, await app.CreateTokenAsync("read"));

        Assert.DoesNotContain(await response.ClaimsAsync(), claim => claim.EndsWith("=stolen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_application_chooses_what_its_id_name_and_role_are_called()
    {
        ClaimsPrincipal? seen = null;
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/who", (ClaimsPrincipal user) => { seen = user; }).RequireScope("read"),
            scheme: scheme => (scheme.OwnerIdClaimType, scheme.NameClaimType, scheme.RoleClaimType) = ("sub", "name", "role"),
            services: builder =>
            {
                var owners = TestOwners.AliceAndBob();
                owners.Set(TestApp.Alice, claims: [new("name", "Alice"), new("role", "admin"), new("sub", "stolen")]);
                builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners);
            });

        using var response = await app.GetAsync("/who", await app.CreateTokenAsync("read"));

        Assert.NotNull(seen);
        Assert.Equal("alice", Assert.Single(seen.FindAll("sub")).Value);
        Assert.Equal("Alice", seen.Identity!.Name);
        Assert.True(seen.IsInRole("admin"));
        Assert.Equal(PersonalAccessTokenDefaults.AuthenticationScheme, seen.Identity.AuthenticationType);
    }

    [Fact]
    public async Task The_ticket_ends_with_the_token()
    {
        DateTimeOffset? expiry = null;
        await using var app = await TestApp.StartAsync(web => web.MapGet("/expiry", (HttpContext context) =>
        {
            expiry = context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc;
        }).RequireScope("read"));
        var created = await app.CreateTokenAsync(TestApp.Alice, ["read"]);

        using var response = await app.GetAsync("/expiry", created.Value);

        // Tickets keep their times to the second.
        Assert.Equal(created.Token!.ExpiresAt!.Value.ToUnixTimeSeconds(), expiry?.ToUnixTimeSeconds());
    }

    [Fact]
    public async Task A_token_without_an_expiry_leaves_the_ticket_without_one()
    {
        var expiry = (DateTimeOffset?)DateTimeOffset.MinValue;
        await using var app = await TestApp.StartAsync(
            web => web.MapGet("/expiry", async (HttpContext context) =>
            {
                expiry = (await context.AuthenticateAsync(PersonalAccessTokenDefaults.AuthenticationScheme)).Properties!.ExpiresUtc;
            }).RequireScope("read"),
            tokens: options => options.AllowNoExpiry = true);
        var created = await app.Manager.CreateAsync(
            new PersonalAccessTokenCreation { OwnerId = TestApp.Alice, Name = "for ever", Scopes = ["read"] });

        using var response = await app.GetAsync("/expiry", created.Value);

        response.EnsureSuccessStatusCode();
        Assert.Null(expiry);
    }

    private static Task<TestApp> StartAsync(params Claim[] claims) =>
        TestApp.StartAsync(UsualEndpoints.Map, services: builder =>
        {
            var owners = TestOwners.AliceAndBob();
            owners.Set(TestApp.Alice, claims: claims);
            builder.Services.AddSingleton<IPersonalAccessTokenOwnerSource>(owners);
        });

    private static string[] Sorted(params string[] claims) => [.. claims.Order(StringComparer.Ordinal)];
}
