using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pat.TestSupport;
using TaskApi.Migrations.PostgreSql;

namespace TaskApi.Tests;

/// <summary>Starting on databases old and new.</summary>
public sealed class StartTests(PostgresServer server)
{
    private const string ConnectionString = "--ConnectionStrings:Default=";

    [Fact]
    public async Task Copies_that_start_at_once_make_the_schema_and_the_users_once()
    {
        await using var database = await server.CreateDatabaseAsync();

        await AssertCopiesWorkAsync(database.ConnectionString);
    }

    [Fact]
    public async Task Copies_that_start_at_once_make_the_database_once()
    {
        await using var neighbour = await server.CreateDatabaseAsync();
        var connection = new NpgsqlConnectionStringBuilder(neighbour.ConnectionString);
        connection.Database += "_new";
        await using var context = new PostgreSqlDbContext(
            new DbContextOptionsBuilder<PostgreSqlDbContext>().UseNpgsql(connection.ConnectionString).Options);
        try
        {
            await AssertCopiesWorkAsync(connection.ConnectionString);
        }
        finally
        {
            await context.Database.EnsureDeletedAsync();
        }
    }

    [Fact]
    public async Task The_command_of_the_README_starts_it_on_PostgreSQL()
    {
        var command = await DocumentedCommand.ReadAsync("README.md", "dotnet run --project samples/TaskApi -- --Database:Provider=PostgreSQL");
        await using var database = await server.CreateDatabaseAsync();

        // The server of the README is its reader's.
        var own = command.ArgumentsFor("samples/TaskApi").Single(static argument => argument.StartsWith(ConnectionString, StringComparison.Ordinal));
        Assert.Equal("tasks", new NpgsqlConnectionStringBuilder(own[ConnectionString.Length..]).Database);

        await using var application = await RunningTaskApi.StartAsync(command, database.ConnectionString);
        await AssertAliceHasThreeTasksAsync(application);
    }

    [Fact]
    public async Task A_second_start_on_the_same_database_changes_nothing()
    {
        await using var database = TestDatabase.SqliteFile();
        await using (await RunningTaskApi.StartAsync(database))
        {
        }

        await using var application = await RunningTaskApi.StartAsync(database);
        await AssertAliceHasThreeTasksAsync(application);
    }

    [Fact]
    public async Task Without_its_server_it_says_so_in_one_line_and_ends()
    {
        using var application = Process.Start(new ProcessStartInfo("dotnet",
            [RunningTaskApi.DefaultProgram, "--Database:Provider=PostgreSQL", $"{ConnectionString}Host=127.0.0.1;Port=1;Username=nobody"])
        {
            WorkingDirectory = Path.GetDirectoryName(RunningTaskApi.DefaultProgram),
            RedirectStandardError = true,
        })!;

        var error = await application.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await application.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal("PostgreSQL at 127.0.0.1:1 does not answer: start it, or leave the arguments out for SQLite.\n", error);
        Assert.Equal(1, application.ExitCode);
    }

    private static async Task AssertCopiesWorkAsync(string connectionString)
    {
        var starts = Enumerable.Range(0, 3).Select(_ => RunningTaskApi.StartAsync("PostgreSQL", connectionString)).ToList();
        try
        {
            foreach (var copy in await Task.WhenAll(starts))
            {
                await AssertAliceHasThreeTasksAsync(copy);
            }
        }
        finally
        {
            foreach (var start in starts.Where(static start => start.IsCompletedSuccessfully))
            {
                await (await start).DisposeAsync();
            }
        }
    }

    private static async Task AssertAliceHasThreeTasksAsync(RunningTaskApi application)
    {
        var alice = new Caller(application.CreateClient(), "alice@example.com");
        await alice.SignInAsync();
        var tasks = await alice.Http.GetFromJsonAsync<JsonElement>("/api/tasks");
        Assert.Equal(3, tasks.GetProperty("count").GetInt32());
    }
}
