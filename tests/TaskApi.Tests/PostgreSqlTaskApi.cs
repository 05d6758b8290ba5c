using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>The application on PostgreSQL.</summary>
public sealed class PostgreSqlTaskApi(PostgresServer server) : TaskApiFixture
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => server.CreateDatabaseAsync();
}
