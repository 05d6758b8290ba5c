using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class SqliteCallersWorkTests : CallersWorkTests
{
    [Fact]
    public async Task SQLite_has_one_writer_so_a_write_inside_the_callers_writing_transaction_fails_and_a_read_does_not()
    {
        var token = await ChangeEverythingAsync();
        await using var writing = await Callers.Database.BeginTransactionAsync();
        Callers.Add(new Note { Text = "not committed yet" });
        await Callers.SaveChangesAsync();

        Assert.Single(await Store.FindAsync([token.Id], default));
        var locked = await Assert.ThrowsAsync<SqliteException>(
            () => Store.RevokeAllAsync("owner", null, SampleTokens.Start, null, default));
        Assert.Equal(SQLitePCL.raw.SQLITE_BUSY, locked.SqliteErrorCode);
    }

    protected override Task<TestDatabase> CreateDatabaseAsync() =>
        Task.FromResult(TestDatabase.SqliteFile(busyTimeout: TimeSpan.FromSeconds(1)));

    protected override async Task<IAsyncDisposable> BeginAsync(NotesDbContext callers)
    {
        await callers.Database.OpenConnectionAsync();
        var reading = ((SqliteConnection)callers.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return (await callers.Database.UseTransactionAsync(reading))!;
    }
}
