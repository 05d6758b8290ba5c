using Microsoft.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class PostgresCallersWorkTests(PostgresServer server) : CallersWorkTests
{
    protected override Task<TestDatabase> CreateDatabaseAsync() => server.CreateDatabaseAsync();

    protected override async Task<IAsyncDisposable> BeginAsync(NotesDbContext callers)
    {
        var writing = await callers.Database.BeginTransactionAsync();
        callers.Add(new Note { Text = "rolled back" });
        await callers.SaveChangesAsync();
        return writing;
    }
}
