using System.Security.Claims;

namespace TaskApi.Tasks;

/// <summary>Whose a task is.</summary>
internal static class OwnedTasks
{
    public static IQueryable<TaskItem> TasksOf(this AppDbContext context, ClaimsPrincipal user)
    {
        var ownerId = user.OwnerId();
        return context.Tasks.Where(task => task.OwnerId == ownerId);
    }

    public static string OwnerId(this ClaimsPrincipal user) => user.FindFirstValue(ClaimTypes.NameIdentifier)!;
}
