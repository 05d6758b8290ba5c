internal sealed class TasksClient(HttpClient http)
{
    public Task<HttpResponseMessage> CreateAsync(string name, CancellationToken cancellationToken) =>
        http.PostAsJsonAsync("tasks", new { name }, cancellationToken);
}
