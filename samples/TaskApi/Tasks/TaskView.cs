namespace TaskApi.Tasks;

/// <summary>A task as a caller sees it.</summary>
public sealed record TaskView(int Id, string Name, bool Done)
{
    public static TaskView Of(TaskItem task) => new(task.Id, task.Name, task.Done);
}
