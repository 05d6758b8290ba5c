using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Pat.Client.Tests;

/// <summary>The code of docs/clients.md.</summary>
internal static class DocumentedClients
{
    public static void AddWithVariable(IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<TasksClient>(client => client.BaseAddress = new Uri("https://tasks.example.com"))
            .AddPersonalAccessToken("TASKS_ACCESS_TOKEN");
    }

    public static void AddWithFile(IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<TasksClient>(client => client.BaseAddress = new Uri("https://tasks.example.com"))
            .AddPersonalAccessToken(options =>
            {
                options.File = "/run/secrets/tasks_access_token";
                options.TokenPrefix = "task_pat";
                options.MaxRetryDelay = TimeSpan.FromSeconds(10);
            });
    }

    public static void AddWithVault(IHostApplicationBuilder builder)
    {
        builder.Services.AddHttpClient<TasksClient>(client => client.BaseAddress = new Uri("https://tasks.example.com"))
            .AddPersonalAccessToken(options => options.Callback = async (services, cancellationToken) =>
                await services.GetRequiredService<IVault>().ReadAsync("tasks-access-token", cancellationToken));
    }

    public static async Task CreateAsync(TasksClient tasks, CancellationToken cancellationToken)
    {
        try
        {
            await tasks.CreateAsync("Feed the cat", cancellationToken);
        }
        catch (PersonalAccessTokenException exception) when (exception.Problem == PersonalAccessTokenProblem.InsufficientScope)
        {
            Console.Error.WriteLine($"The token also needs {string.Join(" and ", exception.MissingScopes)}.");
        }
    }

    internal interface IVault
    {
        Task<string?> ReadAsync(string name, CancellationToken cancellationToken);
    }

    internal sealed class TasksClient(HttpClient http)
    {
        public Task<HttpResponseMessage> CreateAsync(string name, CancellationToken cancellationToken) =>
            http.PostAsync(new Uri("tasks", UriKind.Relative), new StringContent(name), cancellationToken);
    }
}
