namespace TaskCli.Tasks;

/// <summary>What is sent to create or change a task: all of it, each time.</summary>
internal sealed record TaskChange(string Name, bool Done);
