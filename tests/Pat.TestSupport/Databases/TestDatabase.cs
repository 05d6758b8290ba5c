using Microsoft.EntityFrameworkCore;

namespace Pat.TestSupport;

/// <summary>A real database of a test's own, empty at first and gone at the end.</summary>
public abstract class TestDatabase : IAsyncDisposable
{
    /// <summary>The key of this kind of database in an application's configuration: <c>Sqlite</c> or <c>PostgreSQL</c>.</summary>
    public abstract string Provider { get; }

    public abstract string ConnectionString { get; }

    /// <summary>A file of its own in the temporary directory.</summary>
    /// <param name="busyTimeout">How long a statement waits while another connection writes. Default: 30 seconds, as SQLite's provider has it.</param>
    public static TestDatabase SqliteFile(TimeSpan? busyTimeout = null) =>
        new SqliteFileDatabase(busyTimeout ?? TimeSpan.FromSeconds(30));

    /// <summary>In memory, shared by all connections.</summary>
    public static TestDatabase SqliteMemory() => new SqliteMemoryDatabase();

    /// <summary>Makes a context use this database: <c>AddDbContext&lt;T&gt;(database.Configure)</c>.</summary>
    public abstract void Configure(DbContextOptionsBuilder options);

    public abstract ValueTask DisposeAsync();
}
