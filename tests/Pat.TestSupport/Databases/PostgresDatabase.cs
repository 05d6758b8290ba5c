using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Pat.TestSupport;

internal sealed class PostgresDatabase(NpgsqlConnectionStringBuilder connection, Func<string, Task> executeOnServerAsync)
    : TestDatabase
{
    public override string Provider => "PostgreSQL";

    public override string ConnectionString => connection.ConnectionString;

    public override void Configure(DbContextOptionsBuilder options) => options.UseNpgsql(ConnectionString);

    public override async ValueTask DisposeAsync()
    {
        await using (var own = new NpgsqlConnection(ConnectionString))
        {
            NpgsqlConnection.ClearPool(own);
        }

        await executeOnServerAsync($"DROP DATABASE \"{connection.Database}\" WITH (FORCE)");
    }
}
