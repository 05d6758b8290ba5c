namespace TaskCli.Tasks;

/// <summary>The token's owner has no task with this number.</summary>
internal sealed class TaskNotFoundException(int id)
    : Exception($"There is no task {id} among yours. See which there are: task ls.");
