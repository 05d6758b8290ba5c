namespace TaskCli.Tasks;

/// <summary>A task as the server has it.</summary>
internal sealed record TaskEntry(int Id, string Name, bool Done);
