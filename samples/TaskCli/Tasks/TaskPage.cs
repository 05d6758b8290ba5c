namespace TaskCli.Tasks;

/// <summary>All tasks of the token's owner.</summary>
internal sealed record TaskPage(int Count, IReadOnlyList<TaskEntry> Results);
