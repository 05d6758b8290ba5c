using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Pat.TestSupport;

namespace Pat.History.Tests;

/// <summary>Each switch takes one defence away, and none is taken away where no switch is set.</summary>
public sealed class WeakenedBuildTests(WeakenedBuildFixture build)
{
    /// <summary>So long that nothing is read again by itself.</summary>
    private static readonly TimeSpan Ages = TimeSpan.FromHours(1);

    [Theory]
    [InlineData("", false)]
    [InlineData("counters", true)]
    [InlineData("invalidation", true)]
    public async Task A_node_goes_on_with_what_it_knew_before_its_own_change_without_a_defence(string without, bool isAccepted)
    {
        await using var database = TestDatabase.SqliteFile();
        await using var node = await WeakenedNode.StartAsync(await build.GetAsync(), without, database, maxStaleness: Ages);

        await node.RevokeAsync();

        Assert.Equal(isAccepted, await node.IsAcceptedAsync());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("bound", true)]
    public async Task A_node_goes_on_with_what_is_too_old_without_the_bound(string without, bool isAccepted)
    {
        await using var database = TestDatabase.SqliteFile();
        await using var node = await WeakenedNode.StartAsync(await build.GetAsync(), without, database, maxStaleness: TimeSpan.Zero);

        await RemoveTokenAsync(database);

        Assert.Equal(isAccepted, await node.IsAcceptedAsync());
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("reconnect", true)]
    public async Task A_node_goes_on_with_what_it_knew_before_it_missed_a_change_without_reading_again(string without, bool isAccepted)
    {
        await using var server = new PostgresServer();
        await using var database = await server.CreateDatabaseAsync();
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var proxy = TcpProxy.Start(new UnixDomainSocketEndPoint($"{connection.Host}/.s.PGSQL.5432"));
        (connection.Host, connection.Port) = ("127.0.0.1", proxy.Port);
        await using var node = await WeakenedNode.StartAsync(
            await build.GetAsync(), without, database, maxStaleness: Ages, listen: connection.ConnectionString);
        const int Up = 420;
        const int Lost = 421;
        await node.WaitForEventAsync(Up);

        proxy.Cut();
        await node.WaitForEventAsync(Lost);
        await RemoveTokenAsync(database);
        proxy.Heal();
        await node.WaitForEventAsync(Up, times: 2);

        Assert.Equal(isAccepted, await node.IsAcceptedAsync());
    }

    [Fact]
    public async Task A_patch_that_does_not_fit_any_more_says_which_file_changed()
    {
        var patch = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                patch,
                """
                diff --git a/src/Pat.Core/Clock.cs b/src/Pat.Core/Clock.cs
                --- a/src/Pat.Core/Clock.cs
                +++ b/src/Pat.Core/Clock.cs
                @@ -1,1 +1,1 @@
                -This was never there.
                +Nor was this.

                """);

            var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => WeakenedBuild.MakeAsync(patch));

            Assert.Contains("patch failed: src/Pat.Core/Clock.cs", exception.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(patch);
        }
    }

    /// <summary>Beside the node, as a change that it is told nothing of.</summary>
    private static async Task RemoveTokenAsync(TestDatabase database)
    {
        var options = new DbContextOptionsBuilder();
        database.Configure(options);
        await using var context = new DbContext(options.Options);
        Assert.Equal(1, await context.Database.ExecuteSqlAsync($"""DELETE FROM "PersonalAccessTokens" """));
    }
}
