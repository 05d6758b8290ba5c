using Pat.TestSupport;

namespace TaskApi.Tests;

/// <summary>The application on a SQLite file.</summary>
public sealed class SqliteTaskApi : TaskApiFixture
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => Task.FromResult(TestDatabase.SqliteFile());
}
