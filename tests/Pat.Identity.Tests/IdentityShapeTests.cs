using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Pat.TestSupport;

namespace Pat.Identity.Tests;

/// <summary>The shapes that Identity takes in applications: keys, contexts with and without roles, entities of their own.</summary>
public abstract class IdentityShapeTests(Func<Task<TestDatabase>> createDatabaseAsync) : IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await createDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Users_with_guid_keys_are_found()
    {
        await using var application = await IdentityApplication<IdentityUser<Guid>, GuidContext>.StartAsync(_database);
        var user = new IdentityUser<Guid>("alice");
        await application.WithUsersAsync(users => users.CreateAsync(user));
        await application.WithContextAsync(context =>
        {
            var role = new IdentityRole<Guid>("editor") { Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) };
            context.Roles.Add(role);
            context.UserRoles.Add(new IdentityUserRole<Guid> { RoleId = role.Id, UserId = user.Id });
            context.RoleClaims.Add(new IdentityRoleClaim<Guid> { RoleId = role.Id, ClaimType = "may", ClaimValue = "publish" });
            return context.SaveChangesAsync();
        });

        var owner = await application.FindOneAsync(user.Id.ToString());

        Assert.Equal(["alice", "editor", "publish"], owner!.Claims.Select(static claim => claim.Value));
    }

    [Fact]
    public async Task Users_with_number_keys_are_found()
    {
        await using var application = await IdentityApplication<IdentityUser<int>, NumberContext>.StartAsync(_database);
        var user = new IdentityUser<int>("alice");
        await application.WithUsersAsync(users => users.CreateAsync(user));

        var owner = await application.FindOneAsync(FormattableString.Invariant($"{user.Id}"));

        Assert.Equal(["alice"], owner!.Claims.Select(static claim => claim.Value));
    }

    [Fact]
    public async Task Ids_that_are_no_keys_are_left_out()
    {
        await using var application = await IdentityApplication<IdentityUser<int>, NumberContext>.StartAsync(_database);
        var user = new IdentityUser<int>("alice");
        await application.WithUsersAsync(users => users.CreateAsync(user));
        var id = FormattableString.Invariant($"{user.Id}");

        var owners = await application.FindAsync("", "alice", "99999999999999999999", id, "1.5");

        Assert.Equal([id], owners.Keys);
    }

    [Fact]
    public async Task An_id_in_another_spelling_is_no_ones()
    {
        await using var application = await IdentityApplication<IdentityUser<Guid>, GuidContext>.StartAsync(_database);
        var user = new IdentityUser<Guid>("alice") { Id = Guid.Parse("0193591a-2b3c-7d4e-8f50-61728394a5b6") };
        await application.WithUsersAsync(users => users.CreateAsync(user));
        var id = user.Id.ToString();

        var owners = await application.FindAsync(id, id.ToUpperInvariant(), user.Id.ToString("N"), user.Id.ToString("B"), $" {id}");

        Assert.Equal([id], owners.Keys);
    }

    [Fact]
    public async Task A_context_without_roles_takes_two_statements()
    {
        await using var application = await IdentityApplication<Person, RolelessContext>.StartAsync(_database);
        var user = new Person { UserName = "alice" };
        await application.WithUsersAsync(users => users.CreateAsync(user));
        application.Statements.Clear();

        var owner = await application.FindOneAsync(user.Id);

        Assert.Equal(["alice"], owner!.Claims.Select(static claim => claim.Value));
        Assert.Equal(2, application.Statements.Statements.Count);
    }

    [Fact]
    public async Task Entities_that_the_application_extended_are_found()
    {
        await using var application = await IdentityApplication<Person, ExtendedContext>.StartAsync(_database);
        var user = new Person { UserName = "alice" };
        await application.WithUsersAsync(users => users.CreateAsync(user));
        await application.WithContextAsync(context =>
        {
            var role = new IdentityRole("editor");
            context.Roles.Add(role);
            context.UserRoles.Add(new PersonRole { RoleId = role.Id, UserId = user.Id, GrantedBy = "bob" });
            context.RoleClaims.Add(new IdentityRoleClaim<string> { RoleId = role.Id, ClaimType = "may", ClaimValue = "publish" });
            return context.SaveChangesAsync();
        });

        var owner = await application.FindOneAsync(user.Id);

        Assert.Equal(["alice", "editor", "publish"], owner!.Claims.Select(static claim => claim.Value));
    }

    [Fact]
    public async Task A_context_without_users_stops_the_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddDbContext<UserlessContext>(_database.Configure);
        builder.Services.AddPersonalAccessTokenCore().AddIdentityOwners<Person, UserlessContext>();

        Assert.Contains(await FaultsAsync(builder), fault =>
            fault.Contains("AddIdentityOwners", StringComparison.Ordinal) && fault.Contains(nameof(Person), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_context_that_is_not_registered_stops_the_start()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddPersonalAccessTokenCore().AddIdentityOwners<Person, PeopleContext>();

        Assert.Contains(await FaultsAsync(builder), fault =>
            fault.Contains("services.AddDbContext<PeopleContext>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_user_of_another_type_than_the_context_has_is_told_which_to_write()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddDbContext<GuidContext>(_database.Configure);
        builder.Services.AddPersonalAccessTokenCore().AddIdentityOwners<Person, GuidContext>();

        Assert.Contains(
            "AddIdentityOwners: The context has users of type IdentityUser<Guid>, not Person. Write AddIdentityOwners<IdentityUser<Guid>, ...>().",
            await FaultsAsync(builder));
    }

    [Fact]
    public void A_user_that_is_not_identitys_is_refused_at_once()
    {
        var builder = new ServiceCollection().AddPersonalAccessTokenCore();

        var exception = Assert.Throws<ArgumentException>(() => builder.AddIdentityOwners<string, PeopleContext>());

        Assert.Contains("IdentityUser", exception.Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> FaultsAsync(HostApplicationBuilder builder)
    {
        using var host = builder.Build();
        return (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync())).Failures;
    }
}

public sealed class SqliteIdentityShapeTests() : IdentityShapeTests(static () => Task.FromResult(TestDatabase.SqliteFile()));

public sealed class PostgreSqlIdentityShapeTests(PostgresServer server) : IdentityShapeTests(server.CreateDatabaseAsync);
