using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace TaskApi.Tasks;

/// <summary>A user's tasks, for people: plain forms, each answered by a redirect.</summary>
internal static class TasksPage
{
    public const string Path = "/tasks";

    /// <summary>The field that a new task's name is typed into.</summary>
    public const string NameField = "name";

    public static void MapTasksPage(this IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup(Path).RequireAuthorization().RefuseTokens().ExcludeFromDescription();
        page.MapGet("", ShowAsync);
        page.MapPost("", ChangeAsync);
    }

    /// <summary>The part of the page that is a task, for a link.</summary>
    public static string AnchorOf(int id) => $"task-{id}";

    private static Task<RazorComponentResult<Board>> ShowAsync(
        AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        DrawAsync(context, user, name: null, error: null, cancellationToken);

    private static async Task<RazorComponentResult<Board>> DrawAsync(
        AppDbContext context, ClaimsPrincipal user, string? name, string? error, CancellationToken cancellationToken)
    {
        var tasks = await context.TasksOf(user).ListAsync(cancellationToken);
        return new(new { Tasks = tasks, Name = name, Error = error })
        {
            StatusCode = error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest,
        };
    }

    private static async Task<IResult> ChangeAsync(
        [FromForm] TasksForm form, AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (form.Delete is { } deleted)
        {
            await context.TasksOf(user).Where(task => task.Id == deleted).ExecuteDeleteAsync(cancellationToken);
            return BackTo(NameField);
        }

        if ((form.Done ?? form.Reopen) is { } changed)
        {
            await context.TasksOf(user).Where(task => task.Id == changed).ExecuteUpdateAsync(
                set => set.SetProperty(task => task.Done, form.Done is not null), cancellationToken);
            return BackTo(AnchorOf(changed));
        }

        return await AddAsync(form.Name?.Trim() ?? "", context, user, cancellationToken);
    }

    private static async Task<IResult> AddAsync(
        string name, AppDbContext context, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (name.Length is 0 or > TaskItem.MaxNameLength)
        {
            var error = name.Length == 0
                ? "Write down what there is to do."
                : $"That is {name.Length} characters long; {TaskItem.MaxNameLength} is the most.";
            return await DrawAsync(context, user, name, error, cancellationToken);
        }

        context.Tasks.Add(new TaskItem { OwnerId = user.OwnerId(), Name = name });
        await context.SaveChangesAsync(cancellationToken);
        return BackTo(NameField);
    }

    /// <summary>By the fragment a browser puts the focus back to where it was, so that the keyboard goes on from there.</summary>
    private static RedirectHttpResult BackTo(string anchor) => TypedResults.LocalRedirect($"{Path}#{anchor}");
}
