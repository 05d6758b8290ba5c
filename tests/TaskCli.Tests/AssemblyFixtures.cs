using TaskCli.Tests;

[assembly: AssemblyFixture(typeof(TaskTracker))]
