using Pat.TestSupport;

namespace Pat.EntityFrameworkCore.Tests;

public sealed class GenericPostgresStoreTests(GenericPostgresStore fixture) : PersonalAccessTokenStoreContract(fixture), IClassFixture<GenericPostgresStore>;
