using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TaskCli.Tasks;

/// <summary>
/// Taskboard's API. Nothing here knows of the token: <c>AddPersonalAccessToken</c> puts it on each request, and
/// answers that refuse it don't come back.
/// </summary>
internal sealed class TasksClient(HttpClient http)
{
    private const string Tasks = "api/tasks";

    public async Task<TaskPage> ListAsync(CancellationToken cancellationToken) =>
        await ReadAsync(await http.GetAsync(Tasks, cancellationToken), TasksJson.Default.TaskPage, cancellationToken);

    public async Task<TaskEntry> CreateAsync(string name, CancellationToken cancellationToken)
    {
        var response = await http.PostAsJsonAsync(
            Tasks, new TaskChange(name, Done: false), TasksJson.Default.TaskChange, cancellationToken);
        return await ReadAsync(response, TasksJson.Default.TaskEntry, cancellationToken);
    }

    /// <summary>Keeps the name, which the server takes together with the rest.</summary>
    /// <exception cref="TaskNotFoundException">There is no such task.</exception>
    public async Task<TaskEntry> CompleteAsync(int id, CancellationToken cancellationToken)
    {
        var tasks = await ListAsync(cancellationToken);
        var task = tasks.Results.FirstOrDefault(task => task.Id == id) ?? throw new TaskNotFoundException(id);
        var response = await http.PutAsJsonAsync(
            $"{Tasks}/{id}", new TaskChange(task.Name, Done: true), TasksJson.Default.TaskChange, cancellationToken);
        return response.StatusCode == HttpStatusCode.NotFound
            ? throw new TaskNotFoundException(id)
            : await ReadAsync(response, TasksJson.Default.TaskEntry, cancellationToken);
    }

    /// <exception cref="TaskNotFoundException">There is no such task.</exception>
    public async Task<RemovedTask> RemoveAsync(int id, CancellationToken cancellationToken)
    {
        var response = await http.DeleteAsync($"{Tasks}/{id}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            // Every wrong address answers 404 too; that it is the task which is missing shows by the others being there.
            await ListAsync(cancellationToken);
            throw new TaskNotFoundException(id);
        }

        response.EnsureSuccessStatusCode();
        return new RemovedTask(id, Removed: true);
    }

    /// <summary>The token in use: a token may always look at itself.</summary>
    public async Task<AccessToken> GetTokenAsync(CancellationToken cancellationToken) => await ReadAsync(
        await http.GetAsync("api/auth/access_tokens/self", cancellationToken), TasksJson.Default.AccessToken, cancellationToken);

    private static async Task<T> ReadAsync<T>(
        HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.BadRequest)
        {
            var problem = await response.Content.ReadFromJsonAsync(TasksJson.Default.ValidationProblem, cancellationToken);
            throw new InvalidTaskException($"The server did not accept the task: {problem?.Text} Correct it and try again.");
        }

        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException();
    }
}
