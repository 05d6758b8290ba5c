namespace Pat.TestSupport;

public sealed class SqliteMemoryStore : TestStore
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult(TestDatabase.SqliteMemory());
}
