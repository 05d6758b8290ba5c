using Pat.TestSupport;
using TaskApi.BrowserTests;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SampleApplication))]
[assembly: AssemblyFixture(typeof(PostgresServer))]
