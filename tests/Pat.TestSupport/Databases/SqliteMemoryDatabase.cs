using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Pat.TestSupport;

internal sealed class SqliteMemoryDatabase : TestDatabase
{
    private static int _count;

    private readonly SqliteConnection _keptOpen;

    public SqliteMemoryDatabase()
    {
        ConnectionString = $"Data Source=pat-{Interlocked.Increment(ref _count)};Mode=Memory;Cache=Shared";
        _keptOpen = new SqliteConnection(ConnectionString);
        _keptOpen.Open();
    }

    public override string Provider => "Sqlite";

    public override string ConnectionString { get; }

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public override ValueTask DisposeAsync() => _keptOpen.DisposeAsync();
}
