using System.Transactions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Pat.Identity.Tests;

/// <summary>How owners are read.</summary>
public abstract partial class PeopleTests
{
    [Fact]
    public async Task A_thousand_owners_take_as_many_statements_as_one()
    {
        await using var application = await StartAsync();
        await AddThousandAsync(application);

        application.Statements.Clear();
        await application.FindAsync("p0");
        var forOne = application.Statements.Statements.Count;
        application.Statements.Clear();
        var owners = await application.FindAsync(ThousandIds);
        var forAll = application.Statements.Statements.Count;

        Assert.Equal((4, 4, 1_000), (forOne, forAll, owners.Count));
        Assert.All(owners, static owner => Assert.Equal(5, owner.Value.Claims.Count));
        Assert.Contains(owners["p999"].Claims, static claim => claim is { Type: "number", Value: "999" });
    }

    [Fact]
    public async Task A_thousand_owners_without_their_claims_take_one_statement()
    {
        await using var application = await StartAsync();
        await AddThousandAsync(application);
        application.Statements.Clear();

        var owners = await application.FindWithoutClaimsAsync(ThousandIds);

        Assert.Single(application.Statements.Statements);
        Assert.Equal(1_000, owners.Count);
        Assert.All(owners, static owner => Assert.Empty(owner.Value.Claims));
    }

    [Fact]
    public async Task An_owner_without_claims_is_the_same_owner()
    {
        await using var application = await StartAsync(
            configureOwners: static options => options.IsActive = static person => !person.IsDisabled);
        var alice = await AddPersonAsync(application);
        var bob = await AddPersonAsync(application, "bob");
        await application.ChangeAsync(alice.Id, static (users, user) => users.SetLockoutEndDateAsync(user, DateTimeOffset.MaxValue));
        string[] asked = [alice.Id, bob.Id, "nobody"];

        var owners = await application.FindWithoutClaimsAsync(asked);

        Assert.Equal(
            (await application.FindAsync(asked)).Values.Select(static owner => (owner.Id, owner.IsActive, owner.SecurityStamp)).Order(),
            owners.Values.Select(static owner => (owner.Id, owner.IsActive, owner.SecurityStamp)).Order());
        Assert.Equal((false, true), (owners[alice.Id].IsActive, owners[bob.Id].IsActive));
    }

    [Fact]
    public async Task Where_nobody_has_a_role_the_claims_of_roles_are_not_asked_for()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        application.Statements.Clear();

        await application.FindAsync(person.Id);

        Assert.Equal(3, application.Statements.Statements.Count);
    }

    [Fact]
    public async Task No_owners_take_no_statement()
    {
        await using var application = await StartAsync();
        application.Statements.Clear();

        Assert.Empty(await application.FindAsync());
        Assert.Empty(application.Statements.Statements);
    }

    [Fact]
    public async Task The_hash_of_the_password_is_not_read()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        application.Statements.Clear();

        Assert.Single(await application.FindAsync(person.Id));

        Assert.NotEmpty(application.Statements.Statements);
        Assert.DoesNotContain(
            application.Statements.Statements, static statement => statement.Contains("PasswordHash", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_owner_asked_for_twice_and_one_that_is_unknown_are_no_errors()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);

        var owners = await application.FindAsync(person.Id, person.Id, "nobody", "");

        Assert.Equal([person.Id], owners.Keys);
    }

    [Fact]
    public async Task A_caller_in_the_middle_of_an_ambient_transaction_does_not_matter()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        using var transaction = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled);
        var ambient = Transaction.Current;

        var owner = await application.FindOneAsync(person.Id);

        Assert.True(owner?.IsActive);
        Assert.Same(ambient, Transaction.Current);
        Assert.Equal(Guid.Empty, ambient?.TransactionInformation.DistributedIdentifier);
    }

    [Fact]
    public async Task The_changes_that_a_caller_tracks_are_neither_seen_nor_flushed()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.WithContextAsync(async context =>
        {
            var tracked = await context.Users.SingleAsync();
            tracked.UserName = "changed";

            var owner = await application.FindOneAsync(person.Id);

            Assert.Contains(owner!.Claims, static claim => claim.Value == "alice");
            Assert.Equal(EntityState.Modified, context.Entry(tracked).State);
        });
    }

    [Fact]
    public async Task A_registered_context_factory_is_used()
    {
        var options = new DbContextOptionsBuilder<PeopleContext>();
        _database.Configure(options);
        var factory = new CountingContextFactory(options.Options);
        await using var application = await IdentityApplication<Person, PeopleContext>.StartAsync(
            _database, identity => identity.Services.AddSingleton<IDbContextFactory<PeopleContext>>(factory));
        var person = await AddPersonAsync(application);

        Assert.True((await application.FindOneAsync(person.Id))?.IsActive);
        Assert.Equal(1, factory.Created);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_an_exception()
    {
        await using var application = await StartAsync();
        var person = await AddPersonAsync(application);
        await application.WithContextAsync(static context => context.Database.ExecuteSqlRawAsync("""DROP TABLE "AspNetUserClaims" """));

        await Assert.ThrowsAnyAsync<Exception>(() => application.FindAsync(person.Id));
    }

    private static string[] ThousandIds => [.. Enumerable.Range(0, 1_000).Select(static number => $"p{number}")];

    private static Task AddThousandAsync(IdentityApplication<Person, PeopleContext> application) =>
        application.WithContextAsync(static context =>
        {
            var role = new IdentityRole("reader");
            context.Roles.Add(role);
            context.RoleClaims.Add(new IdentityRoleClaim<string> { RoleId = role.Id, ClaimType = "may", ClaimValue = "read" });
            foreach (var id in ThousandIds)
            {
                var person = new Person { Id = id, UserName = $"person {id}", Email = $"{id}@example.com" };
                context.Users.Add(person);
                context.UserRoles.Add(new IdentityUserRole<string> { RoleId = role.Id, UserId = person.Id });
                context.UserClaims.Add(new IdentityUserClaim<string> { UserId = person.Id, ClaimType = "number", ClaimValue = id[1..] });
            }

            return context.SaveChangesAsync();
        });
}
