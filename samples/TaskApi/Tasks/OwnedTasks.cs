using System.Security.Claims;
using Microsoft.EntityFrameworkCore;

namespace TaskApi.Tasks;

/// <summary>Whose a task is, and what they see.</summary>
internal static class OwnedTasks
{
    public static IQueryable<TaskItem> TasksOf(this AppDbContext context, ClaimsPrincipal user)
    {
        var ownerId = user.OwnerId();
        return context.Tasks.Where(task => task.OwnerId == ownerId);
    }

    /// <summary>As their owner sees them, the oldest first.</summary>
    public static Task<List<TaskView>> ListAsync(this IQueryable<TaskItem> tasks, CancellationToken cancellationToken) => tasks
        .OrderBy(task => task.Id)
        .Select(task => new TaskView(task.Id, task.Name, task.Done))
        .ToListAsync(cancellationToken);

    public static string OwnerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
