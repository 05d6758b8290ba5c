namespace TaskCli.Tasks;

/// <summary>The token's owner has no task with this number.</summary>
internal sealed class TaskNotFoundException(int id)
    : Exception($"You have no task {id}. Run 'task ls' to see your tasks and their numbers.");
