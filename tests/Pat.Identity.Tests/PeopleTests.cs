using System.Security.Claims;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Pat.TestSupport;

namespace Pat.Identity.Tests;

/// <summary>What holds for users on any database.</summary>
public abstract partial class PeopleTests(Func<Task<TestDatabase>> createDatabaseAsync) : IAsyncLifetime
{
    private const string Password = "Passw0rd!";

    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await createDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _database.DisposeAsync();
    }

    private Task<IdentityApplication<Person, PeopleContext>> StartAsync(
        Action<IdentityOptions>? configureIdentity = null, Action<PersonalAccessTokenIdentityOptions<Person>>? configureOwners = null) =>
        IdentityApplication<Person, PeopleContext>.StartAsync(
            _database,
            identity =>
            {
                identity.AddRoles<IdentityRole>();
                identity.Services.Configure(configureIdentity ?? (static _ => { }));
            },
            configureOwners);

    private static async Task<Person> AddPersonAsync(IdentityApplication<Person, PeopleContext> application, string name = "alice")
    {
        var person = new Person { UserName = name, Email = $"{name}@example.com" };
        await application.WithUsersAsync(async users => Assert.True((await users.CreateAsync(person, Password)).Succeeded));
        return person;
    }

    private static Task AddRoleAsync(
        IdentityApplication<Person, PeopleContext> application, Person person, string role, params IReadOnlyList<Claim> claims) =>
        application.InScopeAsync(async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IdentityRole>>();
            if (await roles.FindByNameAsync(role) is not { } existing)
            {
                existing = new IdentityRole(role);
                await roles.CreateAsync(existing);
            }

            foreach (var claim in claims)
            {
                await roles.AddClaimAsync(existing, claim);
            }

            var users = services.GetRequiredService<UserManager<Person>>();
            await users.AddToRoleAsync((await users.FindByIdAsync(person.Id))!, role);
        });

    private static Task WithRoleAsync(
        IdentityApplication<Person, PeopleContext> application, string name, Func<RoleManager<IdentityRole>, IdentityRole, Task> act) =>
        application.InScopeAsync(async services =>
        {
            var roles = services.GetRequiredService<RoleManager<IdentityRole>>();
            await act(roles, (await roles.FindByNameAsync(name))!);
        });
}

public sealed class SqlitePeopleTests() : PeopleTests(static () => Task.FromResult(TestDatabase.SqliteFile()));

public sealed class PostgreSqlPeopleTests(PostgresServer server) : PeopleTests(server.CreateDatabaseAsync);
