namespace TaskApi;

/// <summary>The databases that the application has migrations for.</summary>
internal enum DatabaseProvider
{
    Sqlite,
    PostgreSQL,
}
