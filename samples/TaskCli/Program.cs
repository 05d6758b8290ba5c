using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TaskCli;
using TaskCli.Tasks;
using TaskCli.Terminal;

if (OperatingSystem.IsWindows())
{
    Console.OutputEncoding = Encoding.UTF8;
}

if (TaskServer.Find() is not { } server)
{
    Screen.WriteError($"{TaskServer.Variable} is not a web address. Set it to that of Taskboard, such as {TaskServer.Default}.");
    return (int)ExitCode.Usage;
}

var services = new ServiceCollection();
services.AddHttpClient<TasksClient>(client => client.BaseAddress = server)
    .AddPersonalAccessToken(options =>
    {
        options.EnvironmentVariable = "TASKS_ACCESS_TOKEN";
        options.TokenPrefix = "task_pat";
    });
await using var provider = services.BuildServiceProvider();

var runner = new CommandRunner(provider.GetRequiredService<TasksClient>, new Screen(), server);
return await new TaskCommandLine(runner).InvokeAsync(args);
