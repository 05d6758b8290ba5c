using Microsoft.Extensions.DependencyInjection;

namespace Pat.TestSupport;

public sealed class PostgresStore(PostgresServer server) : TestStore
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => server.CreateDatabaseAsync();

    protected override void Add(PersonalAccessTokenBuilder builder) => builder.UsePostgreSql();
}
