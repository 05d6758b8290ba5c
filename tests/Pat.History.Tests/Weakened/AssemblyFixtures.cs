using Pat.History.Tests;

[assembly: AssemblyFixture(typeof(WeakenedBuildFixture))]
