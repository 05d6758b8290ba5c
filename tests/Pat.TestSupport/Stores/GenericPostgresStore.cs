namespace Pat.TestSupport;

/// <summary>PostgreSQL without UsePostgreSql: what the store does on any relational database.</summary>
public sealed class GenericPostgresStore(PostgresServer server) : TestStore
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => server.CreateDatabaseAsync();
}
