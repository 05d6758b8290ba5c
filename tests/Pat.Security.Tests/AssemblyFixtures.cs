using Pat.TestSupport;

[assembly: AssemblyFixture(typeof(PostgresServer))]
