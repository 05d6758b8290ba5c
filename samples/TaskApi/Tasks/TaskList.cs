namespace TaskApi.Tasks;

/// <summary>All of a user's tasks.</summary>
public sealed record TaskList(int Count, IReadOnlyList<TaskView> Results);
