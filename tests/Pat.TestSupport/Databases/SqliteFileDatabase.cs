using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Pat.TestSupport;

internal sealed class SqliteFileDatabase(TimeSpan busyTimeout) : TestDatabase
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("pat-sqlite-");

    public override string Provider => "Sqlite";

    public override string ConnectionString => $"Data Source={Path.Combine(_directory.FullName, "test.db")};Default Timeout={(int)busyTimeout.TotalSeconds}";

    public override void Configure(DbContextOptionsBuilder options) => options.UseSqlite(ConnectionString);

    public override ValueTask DisposeAsync()
    {
        using (var connection = new SqliteConnection(ConnectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
