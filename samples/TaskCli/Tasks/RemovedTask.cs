namespace TaskCli.Tasks;

/// <summary>What there is to say of a task that is gone.</summary>
internal sealed record RemovedTask(int Id, bool Removed);
