namespace Pat.TestSupport;

public sealed class SqliteFileStore : TestStore
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult(TestDatabase.SqliteFile());
}
