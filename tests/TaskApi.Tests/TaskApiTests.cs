namespace TaskApi.Tests;

/// <summary>What holds for the application on any database.</summary>
public abstract partial class TaskApiTests(TaskApiFixture application);

public sealed class SqliteTaskApiTests(SqliteTaskApi application) : TaskApiTests(application), IClassFixture<SqliteTaskApi>;

public sealed class PostgreSqlTaskApiTests(PostgreSqlTaskApi application)
    : TaskApiTests(application), IClassFixture<PostgreSqlTaskApi>;
