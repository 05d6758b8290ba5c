using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Pat.AspNetCore;

namespace Pat.Identity.Tests;

/// <summary>What a token's principal learns of its owner.</summary>
public abstract partial class PeopleTests
{
    [Fact]
    public async Task The_claims_are_those_of_a_session_without_id_and_stamp()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.ChangeAsync(person.Id, static (users, user) => users.AddClaimAsync(user, new Claim("department", "sales")));
        await AddRoleAsync(application, person, "editor", new Claim("may", "publish"), new Claim("may", "correct"));
        await AddRoleAsync(application, person, "reader", new Claim("may", "read"));
        IEnumerable<Claim> expected = [];
        await application.InScopeAsync(async services =>
        {
            var user = (await services.GetRequiredService<UserManager<Person>>().FindByIdAsync(person.Id))!;
            var session = await services.GetRequiredService<IUserClaimsPrincipalFactory<Person>>().CreateAsync(user);
            var types = new ClaimsIdentityOptions();
            expected = session.Claims.Where(claim => claim.Type != types.UserIdClaimType && claim.Type != types.SecurityStampClaimType);
        });

        var owner = await application.FindOneAsync(person.Id);

        Assert.Equal(8, expected.Count());
        Assert.Equal(Sorted(expected), Sorted(owner!.Claims));
    }

    [Fact]
    public async Task The_types_of_claims_are_the_applications()
    {
        await using var application = await StartAsync(static options =>
        {
            options.ClaimsIdentity.UserIdClaimType = "sub";
            options.ClaimsIdentity.UserNameClaimType = "name";
            options.ClaimsIdentity.EmailClaimType = "email";
            options.ClaimsIdentity.RoleClaimType = "role";
        });
        var person = await AddPersonAsync(application);
        await AddRoleAsync(application, person, "editor");

        var owner = await application.FindOneAsync(person.Id);

        Assert.Equal(["email alice@example.com", "name alice", "role editor"], Sorted(owner!.Claims));
        PersonalAccessTokenAuthenticationOptions scheme = null!;
        await application.InScopeAsync(services =>
        {
            scheme = services.GetRequiredService<IOptionsMonitor<PersonalAccessTokenAuthenticationOptions>>()
                .Get(PersonalAccessTokenDefaults.AuthenticationScheme);
            return Task.CompletedTask;
        });
        Assert.Equal(("sub", "name", "role"), (scheme.OwnerIdClaimType, scheme.NameClaimType, scheme.RoleClaimType));
    }

    [Fact]
    public async Task Row_15_A_role_taken_away_is_gone()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await AddRoleAsync(application, person, "editor", new Claim("may", "publish"));
        await application.ChangeAsync(person.Id, static (users, user) => users.RemoveFromRoleAsync(user, "editor"));

        var owner = await application.FindOneAsync(person.Id);

        Assert.DoesNotContain(owner!.Claims, static claim => claim.Type == ClaimTypes.Role || claim.Type == "may");
    }

    [Fact]
    public async Task Row_15_A_claim_taken_from_a_role_is_gone()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await AddRoleAsync(application, person, "editor", new Claim("may", "publish"), new Claim("may", "correct"));
        await WithRoleAsync(application, "editor", static (roles, role) => roles.RemoveClaimAsync(role, new Claim("may", "publish")));

        var owner = await application.FindOneAsync(person.Id);

        Assert.Equal(["correct"], owner!.Claims.Where(static claim => claim.Type == "may").Select(static claim => claim.Value));
    }

    [Fact]
    public async Task Row_15_A_deleted_role_is_gone()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await AddRoleAsync(application, person, "editor", new Claim("may", "publish"));
        await WithRoleAsync(application, "editor", static (roles, role) => roles.DeleteAsync(role));

        var owner = await application.FindOneAsync(person.Id);

        Assert.DoesNotContain(owner!.Claims, static claim => claim.Type == ClaimTypes.Role || claim.Type == "may");
    }

    [Fact]
    public async Task A_claim_taken_from_a_user_is_gone()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        var claim = new Claim("department", "sales");
        await application.ChangeAsync(person.Id, (users, user) => users.AddClaimAsync(user, claim));
        await application.ChangeAsync(person.Id, (users, user) => users.RemoveClaimAsync(user, claim));

        var owner = await application.FindOneAsync(person.Id);

        Assert.DoesNotContain(owner!.Claims, static claim => claim.Type == "department");
    }

    [Fact]
    public async Task Each_owner_has_its_own_claims()
    {
        await using var application = await StartAsync();
        var alice = await AddPersonAsync(application);
        var bob = await AddPersonAsync(application, "bob");
        await AddRoleAsync(application, alice, "editor", new Claim("may", "publish"));
        await application.ChangeAsync(bob.Id, static (users, user) => users.AddClaimAsync(user, new Claim("department", "sales")));

        var owners = await application.FindAsync(alice.Id, bob.Id);

        Assert.DoesNotContain(owners[alice.Id].Claims, static claim => claim.Type == "department");
        Assert.Contains(owners[alice.Id].Claims, static claim => claim.Type == "may");
        Assert.Contains(owners[bob.Id].Claims, static claim => claim.Type == "department");
        Assert.DoesNotContain(owners[bob.Id].Claims, static claim => claim.Type == "may");
    }

    private static IEnumerable<string> Sorted(IEnumerable<Claim> claims) =>
        claims.Select(static claim => $"{claim.Type} {claim.Value}").Order(StringComparer.Ordinal);
}
