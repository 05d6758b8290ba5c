using TaskCli.Tests;

[assembly: AssemblyFixture(typeof(Taskboard))]
