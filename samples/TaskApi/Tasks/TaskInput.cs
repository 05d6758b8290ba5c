using System.ComponentModel.DataAnnotations;

namespace TaskApi.Tasks;

/// <summary>What a caller sends to create or change a task.</summary>
public sealed record TaskInput(
    [property: Required, StringLength(TaskItem.MaxNameLength)] string? Name,
    bool Done = false);
