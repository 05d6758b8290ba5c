using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.PostgreSQL.Tests;

public sealed class PostgresStoreTests(PostgresStore fixture) : PersonalAccessTokenStoreContract(fixture), IClassFixture<PostgresStore>;
