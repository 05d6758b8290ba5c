namespace TaskApi.Tasks;

/// <summary>
/// What the page of tasks sends: one of these. All go to the page's own address, so that somebody whose session has
/// ended meanwhile is led back to the page.
/// </summary>
public sealed class TasksForm
{
    /// <summary>A new task's name.</summary>
    public string? Name { get; set; }

    /// <summary>The id of the task to tick off.</summary>
    public int? Done { get; set; }

    /// <summary>The id of the task to take up again.</summary>
    public int? Reopen { get; set; }

    /// <summary>The id of the task to delete.</summary>
    public int? Delete { get; set; }
}
