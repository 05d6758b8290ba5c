using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class SqliteFileStoreTests(SqliteFileStore fixture) : PersonalAccessTokenStoreContract(fixture), IClassFixture<SqliteFileStore>;
