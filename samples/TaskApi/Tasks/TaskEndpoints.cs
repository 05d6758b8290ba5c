using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace TaskApi.Tasks;

/// <summary>The API: each user's own tasks.</summary>
internal static class TaskEndpoints
{
    public static void MapTasks(this IEndpointRouteBuilder routes)
    {
        var tasks = routes.MapGroup("/api/tasks").WithTags("Tasks");
        tasks.MapGet("", ListAsync).RequireScope("read")
            .WithName("ListTasks").WithSummary("List your tasks").WithDescription("All of them, the oldest first.");
        tasks.MapPost("", CreateAsync).RequireScope("write")
            .WithName("CreateTask").WithSummary("Create a task").WithDescription("It is yours alone.")
            .ProducesValidationProblem();
        tasks.MapPut("/{id:int}", ChangeAsync).RequireScope("write")
            .WithName("ChangeTask").WithSummary("Change a task").WithDescription("What the request leaves out falls back to its default.")
            .ProducesValidationProblem();
        tasks.MapDelete("/{id:int}", DeleteAsync).RequireScope("write")
            .WithName("DeleteTask").WithSummary("Delete a task").WithDescription("It is gone for good.");
    }

    private static async Task<TaskList> ListAsync(AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var tasks = await context.TasksOf(user).ListAsync(cancellationToken);
        return new TaskList(tasks.Count, tasks);
    }

    private static async Task<Created<TaskView>> CreateAsync(
        TaskInput input, AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var task = new TaskItem { OwnerId = user.OwnerId(), Name = input.Name!, Done = input.Done };
        context.Tasks.Add(task);
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Created((string?)null, TaskView.Of(task));
    }

    private static async Task<Results<Ok<TaskView>, NotFound>> ChangeAsync(
        int id, TaskInput input, AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var task = await context.TasksOf(user).SingleOrDefaultAsync(task => task.Id == id, cancellationToken);
        if (task is null)
        {
            return TypedResults.NotFound();
        }

        task.Name = input.Name!;
        task.Done = input.Done;
        await context.SaveChangesAsync(cancellationToken);
        return TypedResults.Ok(TaskView.Of(task));
    }

    private static async Task<Results<NoContent, NotFound>> DeleteAsync(
        int id, AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var deleted = await context.TasksOf(user).Where(task => task.Id == id).ExecuteDeleteAsync(cancellationToken);
        return deleted == 0 ? TypedResults.NotFound() : TypedResults.NoContent();
    }
}
