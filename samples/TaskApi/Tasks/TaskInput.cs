using System.ComponentModel.DataAnnotations;

namespace TaskApi.Tasks;

/// <summary>What a caller sends to create or change a task.</summary>
public sealed record TaskInput(
    [property: Required(ErrorMessage = "The name must not be blank.")]
    [property: StringLength(TaskItem.MaxNameLength, ErrorMessage = "The name must not be longer than {1} characters.")]
    string? Name,
    bool Done = false);
