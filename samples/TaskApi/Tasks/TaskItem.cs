namespace TaskApi.Tasks;

/// <summary>Something to do. Only its owner sees it.</summary>
public sealed class TaskItem
{
    public const int MaxNameLength = 200;

    public int Id { get; set; }

    public required string OwnerId { get; set; }

    public required string Name { get; set; }

    public bool Done { get; set; }
}
