using Microsoft.EntityFrameworkCore;
using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

public sealed class PostgresSchemaTests(PostgresStore fixture) : IClassFixture<PostgresStore>
{
    [Fact]
    public async Task Columns_have_the_types_that_PostgreSQL_has_for_them()
    {
        var columns = await QueryAsync(
            """
            SELECT column_name || ' ' || CASE WHEN data_type = 'ARRAY' THEN udt_name ELSE data_type END
                || COALESCE('(' || character_maximum_length || ')', '') || CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END AS "Value"
            FROM information_schema.columns WHERE table_name = 'PersonalAccessTokens'
            """);

        Assert.Equal(
            [
                "CreatedAt timestamp with time zone",
                "ExpiresAt timestamp with time zone null",
                "Id uuid",
                "LastUsedAddress character varying(64) null",
                "LastUsedAt timestamp with time zone null",
                "Name character varying(100)",
                "OwnerId character varying(450)",
                "OwnerStamp bytea null",
                "PreviousSecretExpiresAt timestamp with time zone null",
                "PreviousSecretHash character varying(512) null",
                "PreviousSecretTag bytea null",
                "RevokedAt timestamp with time zone null",
                "RevokedReason character varying(200) null",
                "Scopes _text",
                "SecretCreatedAt timestamp with time zone",
                "SecretHash character varying(512)",
                "SecretTag bytea",
                "UpdatedAt timestamp with time zone",
                "Version bigint",
            ],
            columns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_table_leaves_room_for_heap_only_updates() =>
        Assert.Equal(
            ["fillfactor=85"],
            await QueryAsync("""SELECT unnest(reloptions) AS "Value" FROM pg_class WHERE relname = 'PersonalAccessTokens'"""));

    [Fact]
    public async Task Only_the_id_and_the_owner_are_indexed() =>
        Assert.Equal(
            [
                """CREATE INDEX "IX_PersonalAccessTokens_OwnerId" ON public."PersonalAccessTokens" USING btree ("OwnerId")""",
                """CREATE UNIQUE INDEX "PK_PersonalAccessTokens" ON public."PersonalAccessTokens" USING btree ("Id")""",
            ],
            (await QueryAsync("""SELECT indexdef AS "Value" FROM pg_indexes WHERE tablename = 'PersonalAccessTokens'"""))
                .Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_use_is_a_heap_only_update()
    {
        var tokens = Enumerable.Range(0, 500).Select(_ => SampleTokens.Create("owner")).ToList();
        await using var context = await fixture.CreateContextAsync();
        context.AddRange(tokens);
        await context.SaveChangesAsync();

        // Two or three of each page: as many as fit into the room that was left, whatever else the server is doing.
        var used = tokens.Where((_, i) => i % 10 == 0).Select(token => new PersonalAccessTokenUse(token.Id, SampleTokens.Start, null));
        await fixture.Store.RecordUseAsync([.. used], TimeSpan.Zero, default);

        // The server counts with some delay.
        List<string> counts = [];
        await Eventually.TrueAsync(async () =>
        {
            counts = await QueryAsync(
                """SELECT n_tup_upd || ' updates, ' || n_tup_hot_upd || ' heap-only' AS "Value" FROM pg_stat_user_tables WHERE relname = 'PersonalAccessTokens'""");
            return counts is not ["0 updates, 0 heap-only"];
        });

        Assert.Equal(["50 updates, 50 heap-only"], counts);
    }

    private async Task<List<string>> QueryAsync(string sql)
    {
        await using var context = await fixture.CreateContextAsync();
        return await context.Database.SqlQueryRaw<string>(sql).ToListAsync();
    }
}
