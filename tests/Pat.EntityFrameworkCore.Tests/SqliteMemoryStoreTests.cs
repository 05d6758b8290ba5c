using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class SqliteMemoryStoreTests(SqliteMemoryStore fixture) : PersonalAccessTokenStoreContract(fixture), IClassFixture<SqliteMemoryStore>;
